"""What compiled flows are made of: calls that name themselves when they fail, values, answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from .errors import CallError
from .json_values import MISSING, Missing, at
from .mapped import answer, document
from .reply import JsonObject, JsonValue, Reply
from .wire import text

T = TypeVar("T")


class StepFailed(Exception):
    """A step whose upstream reported a failure; `reply` is its answer, with the step's name."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.step)
        self.reply = reply


async def step(name: str, call: Awaitable[Reply]) -> Reply:
    """The answer to the call of the step `name`.

    Raises StepFailed for a failure, whether told by the status or inside the answer, and
    CallError with the name of the step when there is no usable answer.
    """
    try:
        reply = await call
    except CallError as error:
        error.step = error.step or name
        raise
    if reply.failure is not None or reply.status >= 400:
        raise StepFailed(reply._replace(step=name))
    return reply


def found(name: str, reply: Reply) -> JsonValue:
    """What stands in the answer of the step `name`; None when it is empty.

    Raises CallError (502 `upstream_invalid`) for a body that is not JSON.
    """
    try:
        return document(reply)
    except CallError as error:
        error.step = name
        raise


def projected(value: JsonValue, outputs: Callable[[JsonValue], JsonValue]) -> JsonValue:
    """The outputs of an operation, taken from its document.

    Of a list they are taken from each item, and put beside the members that it has.
    """
    if not isinstance(value, list):
        return outputs(value)
    rows: list[JsonValue] = []
    for row in value:
        members = outputs(row)
        before = row if isinstance(row, dict) else {}
        rows.append({**before, **(members if isinstance(members, dict) else {})})
    return rows


def within(value: JsonValue, *path: str) -> JsonValue:
    """What stands in a document, member by member; None where there is nothing."""
    inner = at(value, *path)
    return None if isinstance(inner, Missing) else inner


def targets(*items: tuple[tuple[str, ...], JsonValue | Missing]) -> JsonObject | None:
    """An object of the values that there are, each at its path; None when there is none."""
    whole: JsonObject = {}
    for path, value in items:
        if isinstance(value, Missing):
            continue
        level = whole
        for name in path[:-1]:
            inner = level.setdefault(name, {})
            assert isinstance(inner, dict), "two targets at one place"
            level = inner
        level[path[-1]] = value
    return whole or None


def answered(value: JsonValue) -> Reply:
    """An answer of this value."""
    return answer(200, value)


def stored(value: JsonValue) -> JsonValue | Missing:
    """What a step found that may find nothing: then there is no value, not a null."""
    return MISSING if value is None else value


def needed(step: str, name: str, value: T | None) -> T:
    """A value that the call of a step cannot be made without.

    Raises CallError (502 `upstream_invalid`): the steps before it did not give it.
    """
    if value is None:
        message = f"no earlier step gave a value for {name!r}"
        raise _unusable(step, message)
    return value


def as_text(value: JsonValue) -> str | None:
    """A value as a text; None stays None, and so does what is no single value."""
    if value is None or isinstance(value, list | dict):
        return None
    return text(value)


def as_number(value: JsonValue) -> float | None:
    """A value as a number, also of a text that is one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    try:
        return float(value) if isinstance(value, str) else None
    except ValueError:
        return None


def as_integer(value: JsonValue) -> int | None:
    """A value as a whole number, also of a text that is one."""
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return None
    number = as_number(value)
    return int(number) if number is not None and number == number // 1 else None


def as_boolean(value: JsonValue) -> bool | None:
    """A value as a truth value, also of the texts `true` and `false`."""
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value)
    return value if isinstance(value, bool) else None


def as_list(value: JsonValue) -> list[JsonValue] | None:
    """A list itself; None for anything else."""
    return value if isinstance(value, list) else None


def as_object(value: JsonValue) -> JsonObject | None:
    """An object itself; None for anything else."""
    return value if isinstance(value, dict) else None


def _unusable(step: str, problem: str) -> CallError:
    error = CallError(502, "upstream_invalid", problem)
    error.step = step
    return error
