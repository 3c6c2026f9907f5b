"""Bodies, member by member."""

from __future__ import annotations

from functools import partial

import pytest

from static import check
from static.bodies import Check, check_body
from static.errors import CallError, Fault
from static.faults import Faults
from static.reply import JsonValue

CHECKS: dict[str, Check] = {
    "a": check.string,
    "b": partial(check.integer, minimum=1),
}


def faults_of(
    value: JsonValue, *, unknown: bool = False, **options: object
) -> list[Fault]:
    faults = Faults(unknown)
    check_body(faults, value, "/body", CHECKS, **options)  # type: ignore[arg-type]
    try:
        faults.raise_any()
    except CallError as error:
        return list(error.faults)
    return []


def test_the_members_that_are_there_are_checked() -> None:
    assert faults_of({"a": "x", "b": 1}) == []
    assert faults_of({}) == []
    assert [fault.pointer for fault in faults_of({"a": 1, "b": 0})] == [
        "/body/a",
        "/body/b",
    ]


def test_a_body_may_be_needed_and_must_be_an_object() -> None:
    faults = Faults()
    assert check_body(faults, None, "", CHECKS) is None
    faults.raise_any()
    assert faults_of(None, needed=True) == [Fault("/body", "is required")]
    assert faults_of([], needed=True) == [Fault("/body", "must be an object")]


def test_required_members() -> None:
    assert faults_of({"a": "x"}, required=("a", "b")) == [
        Fault("/body/b", "is required")
    ]


def test_unknown_members_name_the_known_ones() -> None:
    assert faults_of({"c/d": 1}) == [
        Fault("/body/c~1d", "is not known; known here: a, b")
    ]
    assert faults_of({"c": 1}, unknown=True) == []
    assert faults_of({"c": 1}, closed=False) == []


@pytest.mark.parametrize("options", [{"unknown": True}, {"closed": False}])
def test_unknown_members_must_still_be_sendable(options: dict[str, bool]) -> None:
    (fault,) = faults_of({"c": float("nan")}, **options)
    assert fault.pointer == "/body"
