"""Typed values as texts of a path, a query and headers."""

from __future__ import annotations

import pytest

from static.errors import CallError
from static.wire import fields, pairs, segment, text


def test_values_are_written_as_json_writes_them() -> None:
    assert [text(value) for value in (True, False, 7, 1.5, "x")] == [
        "true",
        "false",
        "7",
        "1.5",
        "x",
    ]


def test_a_segment_separates_nothing() -> None:
    assert segment("a/b?c#d e%é") == "a%2Fb%3Fc%23d%20e%25%C3%A9"
    assert segment("...") == "..."


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_segment_that_would_leave_the_path_is_the_callers_fault(value: str) -> None:
    with pytest.raises(CallError) as raised:
        segment(value)
    assert raised.value.status == 400


def test_what_has_no_value_is_not_sent() -> None:
    assert pairs(("a", None), ("b", False), ("c", "")) == [("b", "false"), ("c", "")]
    assert fields(("A", 1), ("B", None)) == {"A": "1"}
