"""How a sandbox is told to behave: its options, and the faults that it plays.

The same rules serve the command line, tests and the HTTP control, so a mistake is
refused with the same words everywhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .reply import JsonObject, JsonValue

MAX_PAUSE = 600.0
MAX_QUEUE = 1000

Kind = Literal["error", "status", "hang", "disconnect", "garbage", "truncate"]
_SWITCHES: tuple[Kind, ...] = ("hang", "disconnect", "garbage", "truncate")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")


class ControlError(ValueError):
    """A setting that a sandbox cannot have; the message is the reason."""


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """How a sandbox starts; raises ControlError for a value that makes no sense.

    `delay` and `jitter` are seconds: an answer waits `delay` plus a random part of
    `jitter`. `errors` are the provider's error strings: with `error_rate` 0 each is
    played once, in order; with a rate (0 to 1) that share of the accepted requests
    gets one of them at random. `nonce_window` is in units of the nonce. `seed` makes
    every random choice repeatable. `port` 0 takes a free one.
    """

    delay: float = 0.0
    jitter: float = 0.0
    errors: tuple[str, ...] = ()
    error_rate: float = 0.0
    nonce_window: int = 0
    seed: int | None = None
    port: int = 0

    def __post_init__(self) -> None:
        _number(self.delay, "delay", MAX_PAUSE)
        _number(self.jitter, "jitter", MAX_PAUSE)
        if _number(self.error_rate, "error_rate", 1.0) and not self.errors:
            raise ControlError("error_rate needs errors to choose from")
        if self.nonce_window < 0:
            raise ControlError("nonce_window must not be negative")
        if not 0 <= self.port <= 65535:
            raise ControlError("port must be from 0 to 65535")


@dataclass(frozen=True, slots=True)
class Injection:
    """One fault to play instead of an answer.

    `text` is the provider's error string (kind "error") or the body (kind "status").
    """

    kind: Kind
    text: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a control call changes; None leaves a setting as it is."""

    delay: float | None = None
    jitter: float | None = None
    errors: tuple[Injection, ...] = ()
    error_rate: float | None = None
    reset: bool = False


def parse_change(value: JsonValue) -> Change:
    """The change that a control document asks for.

    Shape: `{"delay": s, "jitter": s, "errors": [string | object, ...],
    "error_rate": 0..1, "reset": bool}`, every member optional. Raises ControlError
    with the reason.
    """
    if not isinstance(value, dict):
        raise ControlError("the control document must be a JSON object")
    _known(value, ("delay", "jitter", "errors", "error_rate", "reset"))
    errors = value.get("errors", [])
    if not isinstance(errors, list):
        raise ControlError("errors must be an array")
    reset = value.get("reset", False)
    if not isinstance(reset, bool):
        raise ControlError("reset must be true or false")
    return Change(
        delay=_optional(value, "delay", MAX_PAUSE),
        jitter=_optional(value, "jitter", MAX_PAUSE),
        errors=parse_injections(errors),
        error_rate=_optional(value, "error_rate", 1.0),
        reset=reset,
    )


def parse_injections(values: Sequence[JsonValue]) -> tuple[Injection, ...]:
    """The faults of a list; raises ControlError that names the first bad entry.

    An entry is a provider's error string, `{"error": string}`, `{"status": 200..599,
    "body": string, "headers": {name: value}}`, or one of `{"hang": true}`,
    `{"disconnect": true}`, `{"garbage": true}` and `{"truncate": true}`.
    """
    if len(values) > MAX_QUEUE:
        raise ControlError(f"at most {MAX_QUEUE} errors can be given at once")
    found = []
    for index, value in enumerate(values):
        try:
            found.append(_injection(value))
        except ControlError as problem:
            raise ControlError(f"errors[{index}]: {problem}") from None
    return tuple(found)


def _injection(value: JsonValue) -> Injection:
    if isinstance(value, str):
        value = {"error": value}
    if not isinstance(value, dict):
        raise ControlError("must be a string or an object")
    if "status" in value:
        return _status(value)
    if "error" in value:
        _known(value, ("error",))
        error = value["error"]
        if not isinstance(error, str) or not error:
            raise ControlError("error must be a string that is not empty")
        return Injection("error", text=error)
    for kind in _SWITCHES:
        if kind in value:
            _known(value, (kind,))
            if value[kind] is not True:
                raise ControlError(f"{kind} must be true")
            return Injection(kind)
    raise ControlError("needs one of error, status, " + ", ".join(_SWITCHES))


def _status(value: JsonObject) -> Injection:
    _known(value, ("status", "body", "headers"))
    status, body = value["status"], value.get("body", "")
    headers = value.get("headers", {})
    if isinstance(status, bool) or not isinstance(status, int):
        raise ControlError("status must be an integer")
    if not 200 <= status <= 599:
        raise ControlError("status must be from 200 to 599")
    if not isinstance(body, str):
        raise ControlError("body must be a string")
    if not isinstance(headers, dict):
        raise ControlError("headers must be an object")
    pairs = []
    for name, text in headers.items():
        if not _HEADER_NAME.fullmatch(name):
            raise ControlError("headers holds a name that is not a header name")
        if not isinstance(text, str) or not _HEADER_VALUE.fullmatch(text):
            raise ControlError(f"header {name} must be a printable ASCII string")
        pairs.append((name, text))
    return Injection("status", text=body, status=status, headers=tuple(pairs))


def _known(value: JsonObject, names: tuple[str, ...]) -> None:
    for name in value:
        if name not in names:
            raise ControlError(f"unknown member {name!r}; known: {', '.join(names)}")


def _optional(value: JsonObject, name: str, maximum: float) -> float | None:
    return _number(value[name], name, maximum) if name in value else None


def _number(value: JsonValue, name: str, maximum: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ControlError(f"{name} must be a number")
    if not math.isfinite(value) or not 0 <= value <= maximum:
        raise ControlError(f"{name} must be from 0 to {maximum:g}")
    return float(value)
