"""Writing YAML: what is written is read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.ir import JsonValue
from naftiko_gen.source import parse
from naftiko_gen.yaml_text import dump


def read_back(raw: bytes) -> JsonValue:
    report = Report()
    source = parse("x.yaml", raw, report)
    assert source is not None, render_text(report, report.texts)
    return source.data


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.text(
    alphabet="0123456789.eE+-_xoOnN~:#'\"\\ \n\t|>&*!%@`,[]{}?=<\x85\u2028\ufeff"
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(TEXTS.filter(lambda key: key != "<<"), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS.filter(lambda key: key != "<<"), VALUES, max_size=4))
def test_what_is_written_is_read_back(data: dict[str, JsonValue]) -> None:
    raw = dump(data)
    back = read_back(raw)
    assert back == data
    assert repr(back) == repr(data), "the same types in the same order"
    assert dump(back) == raw


@pytest.mark.parametrize(
    "text",
    [
        *("no", "off", "null", "~", "", "1e3", "0o17", "0x1F", "1_000", "12:30:45"),
        *("2026-05-30", ".5", ".inf", "=", "- a", "a: b", "a #b", "'", "true", "TRUE"),
        *("<<", " a", "a ", "a\n", "\na", "a\n\n", "a\tb", "a\u2028b", "\x07", "{{a}}"),
        "one\n  two\nthree",
    ],
)
def test_texts_that_look_like_something_else(text: str) -> None:
    assert read_back(dump({"a": text, "b": [text]})) == {"a": text, "b": [text]}


def test_the_shape() -> None:
    data: JsonValue = {
        "a": [{"b": "x", "c": []}, "no"],
        "d": "one\ntwo",
        "e": {},
        "f": "ü" * 200,
    }
    assert dump(data).decode() == (
        "a:\n  - b: x\n    c: []\n  - 'no'\nd: |-\n  one\n  two\ne: {}\n"
        f"f: {'ü' * 200}\n"
    )


def test_equal_parts_are_written_out() -> None:
    part: JsonValue = {"x": [1]}
    assert b"&" not in dump({"a": part, "b": part})
