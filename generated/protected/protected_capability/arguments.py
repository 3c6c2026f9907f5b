"""JSON arguments of tools and commands: values in their types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from . import check
from .errors import CallError
from .faults import Faults, check_sendable, join
from .reply import JsonObject, JsonValue, Reply

T = TypeVar("T")
ContextT = TypeVar("ContextT")


def whole_body(
    run: Callable[[JsonObject, ContextT], Awaitable[Reply]], *, required: bool = False
) -> Callable[[JsonObject, ContextT], Awaitable[Reply]]:
    """`run`, given the members of its only argument, `body`, in place of the argument.

    No members are no body, or an empty one where a body is `required`.
    What is wrong with a member is told where the caller wrote it: at `/name`.
    """

    async def with_members(members: JsonObject, context: ContextT) -> Reply:
        try:
            given: JsonObject = {"body": members} if members or required else {}
            return await run(given, context)
        except CallError as error:
            faults = Faults()
            for fault in error.faults:
                faults.add(fault.pointer.removeprefix("/body"), fault.message)
            faults.raise_any()
            raise

    return with_members


def string(
    faults: Faults, arguments: JsonObject, name: str, *, required: bool = False
) -> str | None:
    """The text of the argument `name`; None when it is absent, or not a string (a fault)."""
    check.string(faults, arguments, name, "", required=required)
    value = arguments.get(name)
    return value if isinstance(value, str) else None


def integer(
    faults: Faults, arguments: JsonObject, name: str, *, required: bool = False
) -> int | None:
    """The whole number of the argument `name`; 1.0 counts as 1, as in JSON Schema."""
    check.integer(faults, arguments, name, "", required=required)
    value = arguments.get(name)
    whole = (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value // 1
    )
    return int(value) if whole and isinstance(value, int | float) else None


def number(
    faults: Faults, arguments: JsonObject, name: str, *, required: bool = False
) -> float | None:
    """The number of the argument `name`."""
    check.number(faults, arguments, name, "", required=required)
    value = arguments.get(name)
    return (
        value
        if isinstance(value, int | float) and not isinstance(value, bool)
        else None
    )


def boolean(
    faults: Faults, arguments: JsonObject, name: str, *, required: bool = False
) -> bool | None:
    """The truth value of the argument `name`."""
    check.boolean(faults, arguments, name, "", required=required)
    value = arguments.get(name)
    return value if isinstance(value, bool) else None


def array(
    faults: Faults, arguments: JsonObject, name: str, *, required: bool = False
) -> list[JsonValue] | None:
    """The list of the argument `name`."""
    check.array(faults, arguments, name, "", required=required)
    value = arguments.get(name)
    check_sendable(faults, value, join("", name))
    return value if isinstance(value, list) else None


def object_(
    faults: Faults, arguments: JsonObject, name: str, *, required: bool = False
) -> JsonObject | None:
    """The object of the argument `name`."""
    check.object_(faults, arguments, name, "", required=required)
    value = arguments.get(name)
    check_sendable(faults, value, join("", name))
    return value if isinstance(value, dict) else None


def anything(
    faults: Faults, arguments: JsonObject, name: str, *, required: bool = False
) -> JsonValue:
    """The argument `name`, whatever it is; null counts as absent."""
    value = arguments.get(name)
    if value is None and required:
        faults.add(join("", name), "is required")
    check_sendable(faults, value, join("", name))
    return value


def members(faults: Faults, body: JsonValue) -> JsonObject:
    """The members of a body whose members are the arguments; no body has none."""
    if body is None or isinstance(body, dict):
        return body or {}
    faults.add("", "must be an object")
    return {}


def given(value: T | None) -> T:
    """A required value, once `Faults.raise_any` has passed."""
    assert value is not None
    return value
