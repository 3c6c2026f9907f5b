"""Checks of inputs, called one after the other by generated validators.

Each check accepts exactly what the JSON Schema (2020-12) of the field accepts: a
boolean is not a number, and 1.0 is an integer. Beyond that, numbers must be finite
and texts encodable, since neither NaN nor half of a surrogate pair can be sent on.
`nullable` lets null pass, whatever an `enum` says. `at` is the JSON Pointer of the
object that holds the field.
"""

from __future__ import annotations

from .check_text import text_boolean, text_integer, text_number, text_string
from .faults import (
    Faults,
    check_bounds,
    check_sendable,
    check_text,
    is_integer,
    is_number,
    is_type,
    join,
)
from .reply import JsonObject, JsonValue

__all__ = [
    "Faults",
    "anything",
    "array",
    "body_object",
    "boolean",
    "integer",
    "integer_or_string",
    "number",
    "object_",
    "string",
    "string_or_objects",
    "text_boolean",
    "text_integer",
    "text_number",
    "text_string",
]


def body_object(
    faults: Faults,
    value: JsonValue,
    at: str,
    *,
    required: bool,
    known: tuple[str, ...] | None,
) -> JsonObject | None:
    """The object to check further, or None when there is nothing to check.

    Here `at` points at the object itself. `known` names its members; None means
    that its schema does not say which there are.
    """
    if value is None:
        if required:
            faults.add(at, "is required")
        return None
    if not isinstance(value, dict):
        faults.add(at, "must be an object")
        return None
    if known is None or faults.allow_unknown:
        check_sendable(faults, value, at)
    else:
        for name in value:
            if name not in known:
                names = ", ".join(known) or "none"
                faults.add(join(at, name), f"is not known; known here: {names}")
    return value


def string(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = False,
    enum: tuple[str, ...] = (),
    max_length: int | None = None,
    pattern: str | None = None,
) -> None:
    value = _present(faults, body, name, at, required, nullable)
    if isinstance(value, str):
        check_text(faults, value, join(at, name), enum, max_length, pattern)
    elif value is not None:
        faults.add(join(at, name), "must be a string")


def integer(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    enum: tuple[int, ...] = (),
) -> None:
    value = body.get(name)
    # The usual case, decided without a call.
    low = minimum is not None and isinstance(value, int) and value < minimum
    high = maximum is not None and isinstance(value, int) and value > maximum
    if type(value) is int and not (enum or low or high):
        return
    value = _present(faults, body, name, at, required, nullable)
    if is_integer(value):
        check_bounds(faults, value, join(at, name), minimum, maximum, enum)
    elif value is not None:
        faults.add(join(at, name), "must be an integer")


def number(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    enum: tuple[float, ...] = (),
) -> None:
    value = _present(faults, body, name, at, required, nullable)
    if is_number(value):
        check_sendable(faults, value, join(at, name))
        check_bounds(faults, value, join(at, name), minimum, maximum, enum)
    elif value is not None:
        faults.add(join(at, name), "must be a number")


def boolean(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = False,
) -> None:
    if isinstance(body.get(name), bool):
        return
    value = _present(faults, body, name, at, required, nullable)
    if value is not None:
        faults.add(join(at, name), "must be true or false")


def array(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = False,
    items: str | None = None,
) -> None:
    """A list; `items` is the JSON Schema type of its items, None for any."""
    value = _present(faults, body, name, at, required, nullable)
    if value is None:
        return
    here = join(at, name)
    if not isinstance(value, list):
        faults.add(here, "must be a list")
        return
    if items is not None:
        for index, item in enumerate(value):
            if not is_type(item, items):
                faults.add(f"{here}/{index}", f"must be of type {items}")
    check_sendable(faults, value, here)


def object_(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = False,
) -> None:
    """An object with any members."""
    value = _present(faults, body, name, at, required, nullable)
    if isinstance(value, dict):
        check_sendable(faults, value, join(at, name))
    elif value is not None:
        faults.add(join(at, name), "must be an object")


def anything(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = True,
) -> None:
    value = _present(faults, body, name, at, required, nullable)
    if value is not None:
        check_sendable(faults, value, join(at, name))


def integer_or_string(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = False,
) -> None:
    value = _present(faults, body, name, at, required, nullable)
    if isinstance(value, str):
        check_text(faults, value, join(at, name))
    elif value is not None and not is_integer(value):
        faults.add(join(at, name), "must be an integer or a string")


def string_or_objects(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    *,
    required: bool = False,
    nullable: bool = False,
    known: tuple[str, ...] = (),
) -> None:
    """A string, or a list of objects whose members, `known`, are strings."""
    value = _present(faults, body, name, at, required, nullable)
    if value is None:
        return
    here = join(at, name)
    if isinstance(value, str):
        check_text(faults, value, here)
        return
    if not isinstance(value, list):
        faults.add(here, "must be a string or a list of objects")
        return
    for index, item in enumerate(value):
        place = f"{here}/{index}"
        entry = body_object(faults, item, place, required=True, known=known)
        for member in entry or ():
            if entry is not None and member in known:
                string(faults, entry, member, place)


def _present(
    faults: Faults,
    body: JsonObject,
    name: str,
    at: str,
    required: bool,
    nullable: bool,
) -> JsonValue:
    """The member's value; None when there is nothing more to check about it."""
    value = body.get(name)
    if value is None:
        if name not in body:
            if required:
                faults.add(join(at, name), "is required")
        elif not nullable:
            faults.add(join(at, name), "must not be null")
    return value
