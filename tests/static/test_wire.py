"""Typed values as texts of a path, a query and headers."""

from __future__ import annotations

import pytest

from static.environment import Secret
from static.errors import CallError
from static.wire import (
    concat,
    concat_given,
    cookies,
    fields,
    members,
    pairs,
    revealed,
    segment,
    text,
)


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


def test_texts_are_put_together() -> None:
    assert concat("v-", 1, True, 2.5, [1, {"a": "ä"}]) == 'v-1true2.5[1,{"a":"ä"}]'
    assert concat_given("a", "", 0) == "a0"
    assert concat_given("a", None) is None


def test_what_json_cannot_say_is_not_put_into_a_text() -> None:
    with pytest.raises(CallError) as caught:
        concat([float("nan")])
    assert caught.value.status == 400


def test_cookies_hold_only_what_a_cookie_can_hold() -> None:
    assert cookies(("a", None)) is None
    assert cookies(("a", 'x;y "z", ü\\%\r\n'), ("b", True)) == (
        "a=x%3By%20%22z%22%2C%20%C3%BC%5C%25%0D%0A; b=true"
    )


def test_members_are_those_that_have_a_value() -> None:
    assert members(("a", 0), ("b", None), ("c", "")) == {"a": 0, "c": ""}
    assert members(("a", None)) is None


def test_a_setting_that_is_missing_is_nothing() -> None:
    assert revealed(None) is None
    assert revealed(Secret("x")) == "x"
