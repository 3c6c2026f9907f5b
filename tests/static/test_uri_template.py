"""Which values stand in a URI: against a regular expression, and hostile URIs."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from static.uri_template import MAX_URI, match


@pytest.mark.parametrize(
    ("literals", "variables", "uri", "values"),
    [
        (("a://b",), (), "a://b", {}),
        (("a://b",), (), "a://b/", None),
        (("a://b",), (), "A://b", None),
        (("a://", ""), ("x",), "a://1", {"x": "1"}),
        (("a://", ""), ("x",), "a://", None),
        (("a://", ""), ("x",), "a://1/2", None),
        (("a://", ""), ("x",), "a://1%2F2%20%C3%BC", {"x": "1/2 ü"}),
        (("a://", ""), ("x",), "a://%2e%2e", {"x": ".."}),
        (("a://", ""), ("x",), "a://%zz", None),
        (("a://", ""), ("x",), "a://%", None),
        (("a://", ""), ("x",), "a://%ff", None),
        (("a://", "/"), ("x",), "a:///", None),
        (("a://", "-", ""), ("x", "y"), "a://1-2-3", {"x": "1-2", "y": "3"}),
        (("a://", "-", ""), ("x", "y"), "a://--", None),
        (("a://", "-", ""), ("x", "y"), "a://---", {"x": "-", "y": "-"}),
        (("a://", "/b/", ".c"), ("x", "y"), "a://1/b/2.c", {"x": "1", "y": "2"}),
        (("a://", "/b/", ".c"), ("x", "y"), "a://1/b/.c", None),
        (("a://", "/b/", ".c"), ("x", "y"), "a:///b/2.c", None),
        (("ab", "ba"), ("x",), "aba", None),
    ],
)
def test_values(
    literals: tuple[str, ...],
    variables: tuple[str, ...],
    uri: str,
    values: dict[str, str] | None,
) -> None:
    found = match(literals, variables, uri)
    assert found == values
    assert found is None or list(found) == list(variables)


TEXTS = st.text("ab-/%", min_size=1, max_size=3)


@settings(max_examples=500, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4), st.text("ab-/%", max_size=12))
def test_as_a_regular_expression_divides_it(literals: list[str], tail: str) -> None:
    variables = [f"v{number}" for number in range(len(literals) - 1)]
    pattern = "([^/]+)".join(map(re.escape, literals))
    for uri in (tail, literals[0] + tail, literals[0] + tail + literals[-1]):
        found = re.fullmatch(pattern, uri)
        values = match(literals, variables, uri)
        if found is None or any("%" in value for value in found.groups()):
            assert found is not None or values is None
        else:
            assert values is not None
            assert list(values.values()) == list(found.groups())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=3))
def test_what_was_put_in_comes_out(given_values: list[str]) -> None:
    encodable = [value for value in given_values if value.isprintable()]
    names = [f"v{number}" for number in range(len(encodable))]
    literals = ["x://", *(["/"] * (len(names) - 1)), ""] if names else ["x://"]
    uri = "x://" + "/".join(quote(value, safe="") for value in encodable)
    assert match(literals, names, uri) == dict(zip(names, encodable, strict=True))
    assert unquote(uri) is not None


def test_a_long_uri_matches_nothing() -> None:
    assert match(("a:", ""), ("x",), "a:" + "b" * MAX_URI) is None
