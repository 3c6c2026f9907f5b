"""What compiled mappings ask of JSON values: no path is read here, each step is a call.

A value of another kind than a step needs is no error: there is nothing to find in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from .reply import JsonObject, JsonValue


class Missing:
    """Where a value should be and is none; null is a value."""


MISSING: Final = Missing()
_NO_MEMBERS: Final[JsonObject] = {}
_NO_ITEMS: Final[list[JsonValue]] = []


def members(value: JsonValue) -> JsonObject:
    """An object itself; an empty one in place of anything else. Not to be changed."""
    return value if isinstance(value, dict) else _NO_MEMBERS


def items(value: JsonValue) -> list[JsonValue]:
    """A list itself; an empty one in place of anything else. Not to be changed."""
    return value if isinstance(value, list) else _NO_ITEMS


def item(value: JsonValue, index: int) -> JsonValue:
    """One item of a list, counted from its end when negative; None when it has none."""
    if isinstance(value, list) and -len(value) <= index < len(value):
        return value[index]
    return None


def children(value: JsonValue) -> Iterable[JsonValue]:
    """The items of a list, the values of an object, nothing of anything else."""
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def descendants(value: JsonValue) -> Iterator[JsonValue]:
    """The value and all that is in it, each before what is in it, in document order."""
    waiting = [iter((value,))]
    while waiting:
        for found in waiting[-1]:
            yield found
            if isinstance(found, dict | list):
                waiting.append(iter(tuple(children(found))))
                break
        else:
            waiting.pop()


def at(value: JsonValue, *steps: str | int) -> JsonValue | Missing:
    """What stands below a value, one member or index after the other."""
    for step in steps:
        if isinstance(step, str):
            if not isinstance(value, dict) or step not in value:
                return MISSING
            value = value[step]
        else:
            if not isinstance(value, list) or not -len(value) <= step < len(value):
                return MISSING
            value = value[step]
    return value


def equal(left: JsonValue | Missing, right: JsonValue | Missing) -> bool:
    """Whether two values are one (RFC 9535, section 2.3.5.2.2): `true` is not 1."""
    pairs = [(left, right)]
    while pairs:
        one, two = pairs.pop()
        if isinstance(one, list) and isinstance(two, list):
            if len(one) != len(two):
                return False
            pairs += zip(one, two, strict=True)
        elif isinstance(one, dict) and isinstance(two, dict):
            if one.keys() != two.keys():
                return False
            pairs += [(member, two[name]) for name, member in one.items()]
        elif isinstance(one, bool) or isinstance(two, bool):
            if one is not two:
                return False
        elif one != two:
            return False
    return True


def less(left: JsonValue | Missing, right: JsonValue | Missing) -> bool:
    """Whether the first of two numbers, or of two texts, comes first; else False."""
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left < right
    return False
