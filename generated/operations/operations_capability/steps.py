"""What compiled flows are made of: calls that name themselves when they fail, values, answers."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Self, TypeVar

from .errors import CallError
from .json_values import MISSING, Missing, at
from .mapped import answer, document
from .progress import progress
from .reply import JsonObject, JsonValue, Reply
from .wire import text

T = TypeVar("T")

# Python does not read longer ones, since that takes quadratic time.
_whole = re.compile(r"-?[0-9]{1,4000}").fullmatch


class StepFailed(Exception):
    """A step whose upstream reported a failure; `reply` is its answer, with the step's name."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.step)
        self.reply = reply


async def step(name: str, call: Awaitable[Reply], number: int, total: int) -> Reply:
    """The answer to the call of the step `name`, which is one of `total`.

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
    await progress(number, total, name)
    return reply


class Started:
    """Calls that are made before their turn, because no step above them matters to them.

    They are awaited in the order of the steps, so that the first step that fails decides,
    whichever failed first. What is not finished at the end is cancelled: only calls that
    change nothing are started like this.
    """

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[Reply]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            # Every call has been awaited.
            return
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def call(self, make: Callable[[], Coroutine[Any, Any, Reply]]) -> Awaitable[Reply]:
        """Start the call that `make` makes; what goes wrong is raised where it is awaited."""

        async def run() -> Reply:
            return await make()

        task = asyncio.create_task(run())
        self._tasks.append(task)
        return task


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

    Raises CallError (502 `upstream_invalid`) when the steps before it did not give it.
    """
    if value is None:
        problem = f"nothing gave a value for {name!r}"
        raise _error(step, 502, "upstream_invalid", problem)
    return value


def as_text(step: str, value: JsonValue, status: int = 502) -> str | None:
    """A value as a text; None stays None.

    Raises CallError for a list or an object: `status` is 400 for a value of the caller.
    """
    if isinstance(value, list | dict):
        raise _unusable(step, "a text", status)
    return None if value is None else text(value)


def as_number(step: str, value: JsonValue, status: int = 502) -> float | None:
    """A value as a number, also a text that is one; None and errors as in `as_text`."""
    if value is None or (
        isinstance(value, int | float) and not isinstance(value, bool)
    ):
        return value
    try:
        number = float(value) if isinstance(value, str) else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _unusable(step, "a number", status)
    return number


def as_integer(step: str, value: JsonValue, status: int = 502) -> int | None:
    """A value as a whole number, also a text that is one; None and errors as in `as_text`."""
    if isinstance(value, str) and _whole(value):
        return int(value)
    number = as_number(step, value, status)
    if number is not None and number != number // 1:
        raise _unusable(step, "a whole number", status)
    return None if number is None else int(number)


def as_boolean(step: str, value: JsonValue, status: int = 502) -> bool | None:
    """A value as a truth value, also the texts `true` and `false`; errors as in `as_text`."""
    if value is None or isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise _unusable(step, "true or false", status)
    return value == "true"


def as_list(step: str, value: JsonValue, status: int = 502) -> list[JsonValue] | None:
    """A list itself; None and errors as in `as_text`."""
    if value is None or isinstance(value, list):
        return value
    raise _unusable(step, "a list", status)


def as_object(step: str, value: JsonValue, status: int = 502) -> JsonObject | None:
    """An object itself; None and errors as in `as_text`."""
    if value is None or isinstance(value, dict):
        return value
    raise _unusable(step, "an object", status)


def _unusable(step: str, wanted: str, status: int) -> CallError:
    code = "invalid_input" if status == 400 else "upstream_invalid"
    return _error(step, status, code, f"a value that it is given is not {wanted}")


def _error(step: str, status: int, code: str, problem: str) -> CallError:
    error = CallError(status, code, f"the step {step} cannot be run: {problem}")
    error.step = step
    return error
