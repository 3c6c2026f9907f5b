"""What is wrong with an input, and the checks of single values that find it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeGuard

from .errors import CallError, Fault
from .reply import JsonValue
from .strict_json import encodable, unsendable

MAX_FAULTS: Final = 50

_TYPES: Mapping[str, type] = {
    "string": str,
    "boolean": bool,
    "object": dict,
    "array": list,
}


class Faults:
    """Collects what is wrong with one input, so that all of it is told at once.

    With `allow_unknown`, members that a schema does not know are let through.
    """

    __slots__ = ("_faults", "allow_unknown")

    def __init__(self, allow_unknown: bool = False) -> None:
        self.allow_unknown = allow_unknown
        self._faults: list[Fault] = []

    def add(self, pointer: str, message: str) -> None:
        # An input of ten thousand mistakes needs no answer of ten thousand lines.
        if len(self._faults) < MAX_FAULTS:
            self._faults.append(Fault(pointer, message))

    def raise_any(self) -> None:
        """Raise CallError (400, `invalid_input`) when there was any fault."""
        if not self._faults:
            return
        first, others = self._faults[0], len(self._faults) - 1
        message = f"{first.pointer or 'the input'} {first.message}"
        if others:
            message += f" (and {others} more)"
        raise CallError(400, "invalid_input", message, faults=self._faults)


def join(at: str, name: str) -> str:
    """The JSON Pointer (RFC 6901) of a member of the object at `at`."""
    return f"{at}/{name.replace('~', '~0').replace('/', '~1')}"


def is_number(value: JsonValue) -> TypeGuard[int | float]:
    """Whether a value is a number of JSON Schema; a boolean is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_integer(value: JsonValue) -> TypeGuard[int | float]:
    """Whether a value is an integer of JSON Schema: 1.0 is, true is not."""
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def is_type(value: JsonValue, name: str) -> bool:
    """Whether a value is of a JSON Schema type; an unknown name fits nothing."""
    if name == "integer":
        return is_integer(value)
    if name == "number":
        return is_number(value)
    expected = _TYPES.get(name)
    return value is None if name == "null" else isinstance(value, expected or ())


def check_text(
    faults: Faults,
    value: str,
    at: str,
    enum: tuple[str, ...] = (),
    max_length: int | None = None,
    pattern: str | None = None,
) -> None:
    """Length in code points, and a pattern that may match anywhere (JSON Schema)."""
    if enum and value not in enum:
        faults.add(at, f"must be one of: {', '.join(enum)}")
    if max_length is not None and len(value) > max_length:
        faults.add(at, f"must not be longer than {max_length} characters")
    if pattern is not None and not re.search(pattern, value):
        faults.add(at, f"must match the pattern {pattern}")
    if not encodable(value):
        faults.add(at, "must not hold half of a surrogate pair")


def check_bounds(
    faults: Faults,
    value: float,
    at: str,
    minimum: float | None = None,
    maximum: float | None = None,
    enum: tuple[float, ...] = (),
) -> None:
    if enum and value not in enum:
        faults.add(at, f"must be one of: {', '.join(map(str, enum))}")
    if minimum is not None and value < minimum:
        faults.add(at, f"must be at least {minimum}")
    if maximum is not None and value > maximum:
        faults.add(at, f"must be at most {maximum}")


def check_sendable(faults: Faults, value: JsonValue, at: str) -> None:
    """Refuse, inside of a value that is otherwise free, what JSON cannot say."""
    problem = unsendable(value)
    if problem is not None:
        faults.add(at, problem)
