"""Which escape a value gets at its place in a text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naftiko_gen.lower.escapes import in_json, in_sparql
from static.payloads import json_escaped, json_written
from static.reply import JsonValue


@pytest.mark.parametrize(
    ("before", "escape"),
    [
        ('{"a": ', "json_written"),
        ('{"a": "', "json_escaped"),
        ('{"a": "x\\"', "json_escaped"),
        ('{"a": "x\\\\", "b": ', "json_written"),
        ('{"a": "x", "b": "', "json_escaped"),
        ("", "json_written"),
    ],
)
def test_a_value_in_json_text(before: str, escape: str) -> None:
    assert in_json((before, None, '"}')) == ("", escape, "")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers())
def test_json_text_with_any_value_is_read_back(text: str, number: int) -> None:
    parts = ('{"a": "', None, '", "b": [', None, "]}")
    values: list[JsonValue] = [text, number]
    helpers = {"json_escaped": json_escaped, "json_written": json_written}
    made = "".join(
        part if part is not None else helpers[escape](values.pop(0))
        for part, escape in zip(parts, in_json(parts), strict=True)
    )
    assert json.loads(made) == {"a": text, "b": [number]}


@pytest.mark.parametrize(
    ("before", "escape", "problem"),
    [
        ('{ ?a ?b "', "sparql_escaped", ""),
        ("{ ?a \"done\" 'it\\'s ", "sparql_escaped", ""),
        ("{ <https://x/", "iri_escaped", ""),
        ("{ <https://x/> ?p ", None, "outside"),
        ("FILTER(?a < ", None, "outside"),
        ('# "', None, "comment"),
        ("# don't\n{ ?a ?b \"", "sparql_escaped", ""),
        ("LIMIT ", None, "outside"),
        ('{ ?a """', None, "long string"),
    ],
)
def test_a_value_in_sparql(before: str, escape: str | None, problem: str) -> None:
    escapes, found = in_sparql((before, None))
    assert problem in found
    assert bool(problem) == bool(found)
    if escape is not None:
        assert escapes == ("", escape)


def test_a_second_value_in_one_string_is_inside_too() -> None:
    assert in_sparql(('{ ?a "', None, " ", None, '" }')) == (
        ("", "sparql_escaped", "", "sparql_escaped", ""),
        "",
    )
