"""What operators are told of scripts, and what they can change while the server runs.

In memory only, and in this process only; it counts from the next script step on.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final, Literal

from aiohttp import web

from . import scripts
from .control_support import reply_json
from .errors import CallError
from .reply import JsonObject, JsonValue, Reply
from .rest_support import Endpoints, guard, json_body

LANGUAGES: Final = ("javascript", "python", "groovy")
_MOST: Final = 2**31 - 1
_SETTLED: Final = ("defaultLocation", "defaultLanguage")


@dataclass(frozen=True, slots=True)
class Limits:
    """What `management.scripting` says; milliseconds. No `allowed` language means all."""

    enabled: bool = True
    timeout: int | None = None
    statements: int | None = None
    allowed: tuple[str, ...] = ()


@dataclass(slots=True)
class Scripting:
    """The limits of this process, and what has run in it."""

    limits: Limits = field(default_factory=Limits)
    executions: int = 0
    errors: int = 0
    seconds: float = 0.0
    last: str = ""

    def change(self, document: JsonValue) -> None:
        """Take over what a document says; CallError 400, and no change, for a bad one."""
        if not isinstance(document, dict):
            raise _refused("send an object")
        limits = self.limits
        for name in _SETTLED:
            if name in document:
                raise _refused(f"'{name}' was settled when the package was built")
        if "enabled" in document:
            limits = replace(limits, enabled=_switch(document["enabled"]))
        if "timeout" in document:
            limits = replace(limits, timeout=_positive(document, "timeout"))
        if "statementLimit" in document:
            number = _positive(document, "statementLimit")
            limits = replace(limits, statements=number)
        if "allowedLanguages" in document:
            limits = replace(limits, allowed=_languages(document["allowedLanguages"]))
        self.limits = limits

    def report(self, settled: JsonObject, timeout: int, statements: int) -> JsonObject:
        """The limits and the numbers; `settled` is what cannot be changed."""
        limits = self.limits
        average = self.seconds * 1000 / self.executions if self.executions else 0.0
        stats: JsonObject = {
            "totalExecutions": self.executions,
            "totalErrors": self.errors,
            "averageDurationMs": round(average, 2),
        }
        if self.last:
            stats["lastExecutionAt"] = self.last
        told: JsonObject = {
            "enabled": limits.enabled,
            **settled,
            "timeout": limits.timeout or timeout,
            "statementLimit": limits.statements or statements,
        }
        if limits.allowed:
            told["allowedLanguages"] = list(limits.allowed)
        return {**told, "stats": stats}


SCRIPTING: Final = Scripting()


async def script(
    step: str,
    language: Literal["python", "javascript"],
    files: Sequence[str],
    context: JsonObject,
    *,
    seconds: float,
    statements: int,
) -> JsonValue:
    """Like `scripts.script`, within the present limits, and counted."""
    limits = SCRIPTING.limits
    if not limits.enabled or (limits.allowed and language not in limits.allowed):
        message = "scripts are switched off at the moment"
        error = CallError(503, "scripts_disabled", message)
        error.step = step
        raise error
    SCRIPTING.executions += 1
    SCRIPTING.last = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    started = time.perf_counter()
    try:
        return await scripts.script(
            step,
            language,
            files,
            context,
            seconds=limits.timeout / 1000 if limits.timeout else seconds,
            statements=limits.statements or statements,
        )
    except CallError:
        SCRIPTING.errors += 1
        raise
    finally:
        SCRIPTING.seconds += time.perf_counter() - started


def script_endpoints(
    settled: JsonObject, *, timeout: int, statements: int, access_log: bool
) -> Endpoints:
    """The endpoint, by path: GET tells, PUT changes and tells."""

    async def told(request: web.Request, _: None) -> Reply:
        return reply_json(SCRIPTING.report(settled, timeout, statements))

    async def change(request: web.Request, _: None) -> Reply:
        SCRIPTING.change(await json_body(request))
        return await told(request, None)

    path = "/scripting"
    return {
        path: {
            "GET": guard("GET", path, told, None, access_log),
            "PUT": guard("PUT", path, change, None, access_log),
        }
    }


def _switch(value: JsonValue) -> bool:
    """On only for what says so: who means to switch scripts off must not fail to."""
    return value in (True, "true")


def _positive(document: JsonObject, name: str) -> int:
    value = document[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _refused(f"'{name}' must be an integer greater than or equal to 1")
    # Larger ones would be no limit, and times of that size cannot be waited for.
    if value > _MOST:
        raise _refused(f"'{name}' must be at most {_MOST}")
    return value


def _languages(value: JsonValue) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [None]
    found = tuple(name for name in names if isinstance(name, str))
    if len(found) != len(names) or not set(found) <= set(LANGUAGES):
        raise _refused(f"'allowedLanguages' must be a list of {', '.join(LANGUAGES)}")
    return found


def _refused(message: str) -> CallError:
    return CallError(400, "invalid_input", message)
