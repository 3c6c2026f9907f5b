"""CSV, TSV and PSV to JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naftiko_gen import ir
from naftiko_gen.formats import encode
from static.converted import Budget, Unreadable
from static.errors import CallError
from static.format_csv import convert_csv, convert_psv, convert_tsv
from static.reply import Failure, Reply

CONVERTERS = {"csv": convert_csv, "tsv": convert_tsv, "psv": convert_psv}


def reply(body: bytes, content_type: str = "text/csv") -> Reply:
    return Reply(200, body, content_type)


def rows(body: bytes, content_type: str = "text/csv") -> object:
    found = convert_csv(reply(body, content_type))
    assert found.content_type == "application/json"
    return json.loads(found.body)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"id,name\n1,Ann\n", [{"id": "1", "name": "Ann"}]),
        (b" id ,name\n 1 ,true\n", [{"id": " 1 ", "name": "true"}]),
        (b"a,b\r\n1\r\n", [{"a": "1"}]),
        (b'a,b\n"x\r\ny","q""q"\n', [{"a": "x\r\ny", "b": 'q"q'}]),
        (b"a,b\n,\n", [{"a": "", "b": ""}]),
        (b'a\n""\n', [{"a": ""}]),
        (b"a,a\n1,2\n3\n", [{"a": "2"}, {"a": "3"}]),
        (b"a\n\n1\n\n", [{"a": "1"}]),
        (b"a\n", []),
        (b"", []),
        (b"\xef\xbb\xbfa\n1", [{"a": "1"}]),
        (b"a\n\x00\n", [{"a": "\x00"}]),
    ],
)
def test_rows_are_objects_of_texts(body: bytes, wanted: object) -> None:
    assert rows(body) == wanted


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/csv; charset=ISO-8859-1", b"a\n\xe9\n"),
        ('text/csv;charset="windows-1252"', b"a\n\xe9\n"),
        ("text/csv; charset=utf-16", "a\n\xe9\n".encode("utf-16")),
    ],
)
def test_the_charset_is_the_one_of_the_answer(content_type: str, body: bytes) -> None:
    assert rows(body, content_type) == [{"a": "\xe9"}]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"a\n1\n2,SECRET\n", "the row at line 3 has 2 values for 1 columns"),
        (b'a\n1\n"SECRET\n', "unexpected end of data, in the row at line 3"),
        (b'a\n"1"SECRET\n', "expected after '\"', in the row at line 2"),
        (b"a\n" + b"x" * 200_000, "field limit (131072), in the row at line 2"),
        (b"a\nSECRET\xff", "byte 9 is not UTF-8"),
    ],
)
def test_a_broken_table_is_the_upstreams_fault(body: bytes, problem: str) -> None:
    with pytest.raises(CallError) as caught:
        convert_csv(reply(body))
    assert (caught.value.status, caught.value.code) == (502, "upstream_invalid")
    assert "is not valid CSV: " in caught.value.message
    assert problem in caught.value.message
    assert "SECRET" not in caught.value.message
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "charset", ["zip", "idna", "punycode", "unicode_escape", "utf-7", "nope", "base64"]
)
def test_not_every_charset_is_decoded(charset: str) -> None:
    with pytest.raises(CallError, match="not valid TSV: its charset is not known"):
        convert_tsv(reply(b"a", f"text/plain; charset={charset}"))


def test_long_names_in_many_rows_end_somewhere() -> None:
    body = b"n" * 100_000 + b"\n" + b"1\n" * 100_000
    with pytest.raises(CallError, match="too large a document"):
        convert_psv(reply(body))


def test_a_budget_is_spent_once() -> None:
    budget = Budget(3)
    budget.spend(3)
    with pytest.raises(Unreadable):
        budget.spend(1)


@pytest.mark.parametrize(
    "kept",
    [
        Reply(404, b"no such table", "text/plain"),
        Reply(500, b'"', "text/csv"),
        Reply(204, b"", "text/csv"),
        Reply(200, b'"', "text/csv", Failure(429, "limit", ())),
    ],
)
def test_failures_stay_as_they_are(kept: Reply) -> None:
    assert convert_csv(kept) is kept


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1
).filter(lambda name: name == name.strip() and name != "\ufeff" + name[1:])
CELLS = st.text(st.characters(codec="utf-8"), max_size=8)


@given(
    st.lists(NAMES, min_size=1, max_size=4, unique=True).flatmap(
        lambda names: st.lists(
            st.fixed_dictionaries(dict.fromkeys(names, CELLS)),
            min_size=1,
            max_size=5,
        )
    ),
    st.sampled_from(["csv", "tsv", "psv"]),
)
def test_what_is_written_is_read(table: list[dict[str, str]], kind: str) -> None:
    stream = io.StringIO(newline="")
    separator = {"csv": ",", "tsv": "\t", "psv": "|"}[kind]
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(table[0])
    writer.writerows([row[name] for name in table[0]] for row in table)
    found = CONVERTERS[kind](reply(stream.getvalue().encode()))
    assert json.loads(found.body) == table


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.sampled_from(["csv", "tsv", "psv"]))
def test_samples_are_read_as_promised(wanted: ir.JsonValue, kind: str) -> None:
    found, written = encode(wanted, ir.Format(kind, "text/csv"))  # type: ignore[arg-type]
    assert json.loads(CONVERTERS[kind](reply(written)).body) == found
