"""Steps of compiled mappings over any JSON value."""

from __future__ import annotations

from typing import Any

import pytest

from static.json_values import (
    MISSING,
    at,
    children,
    descendants,
    equal,
    item,
    items,
    less,
    members,
)

ALL: list[Any] = [None, True, 1, 1.5, "text", ["a"], {"a": 1}]


def test_objects_and_lists_are_themselves_and_the_rest_is_empty() -> None:
    assert [members(value) for value in ALL] == [{}, {}, {}, {}, {}, {}, {"a": 1}]
    assert [items(value) for value in ALL] == [[], [], [], [], [], ["a"], []]
    assert [list(children(v)) for v in ALL] == [[], [], [], [], [], ["a"], [1]]


@pytest.mark.parametrize(
    ("value", "index", "wanted"),
    [
        ([1, 2], 1, 2),
        ([1, 2], -2, 1),
        ([1, 2], 2, None),
        ([1, 2], -3, None),
        ("ab", 0, None),
        ({"0": 1}, 0, None),
    ],
)
def test_an_item_that_is_not_there_is_none(
    value: Any, index: int, wanted: object
) -> None:
    assert item(value, index) == wanted


def test_descendants_come_in_document_order() -> None:
    value: Any = {"a": [1, {"b": 2}], "c": "text"}
    assert list(descendants(value)) == [
        value,
        [1, {"b": 2}],
        1,
        {"b": 2},
        2,
        "text",
    ]


def test_a_missing_value_is_not_null() -> None:
    value: Any = {"a": None, "list": [{"b": 1}]}
    assert at(value, "a") is None
    assert at(value, "b") is MISSING
    assert at(value, "list", 0, "b") == 1
    assert at(value, "list", 1) is MISSING
    assert at(value, "a", "b") is MISSING
    assert at("text", 0) is MISSING
    assert at(value) is value


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        ("1", 1, False),
        (None, MISSING, False),
        (MISSING, MISSING, True),
        ([1, [2]], [1, [2]], True),
        ([1], [1, 2], False),
        ([1], [True], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": [0]}, {"a": [False]}, False),
        ([], {}, False),
    ],
)
def test_values_are_equal_as_json_is(left: Any, right: Any, same: bool) -> None:
    assert equal(left, right) is same
    assert equal(right, left) is same


@pytest.mark.parametrize(
    ("left", "right", "first"),
    [
        (1, 2, True),
        (1, 1.5, True),
        (2, 1, False),
        (1, 1, False),
        ("a", "b", True),
        ("b", "a", False),
        ("1", 2, False),
        (False, True, False),
        (0, True, False),
        (None, 1, False),
        (MISSING, 1, False),
        ([1], [2], False),
    ],
)
def test_only_numbers_and_texts_have_an_order(
    left: Any, right: Any, first: bool
) -> None:
    assert less(left, right) is first
