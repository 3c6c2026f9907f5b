"""Typed values as the texts of a path, a query and headers."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import quote

from .encoding import unsendable
from .environment import Secret
from .errors import CallError
from .reply import JsonObject, JsonValue

Scalar: TypeAlias = str | int | float | bool

_COOKIE_SAFE = "!#$&'()*+-./:<=>?@[]^_`{|}~"


def text(value: Scalar) -> str:
    """A value as text for a URL or a header.

    Booleans as true and false; numbers in full, never with an exponent, and
    without a fraction of zero, since 1.0 and 1 are one number to JSON Schema.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if value == 0:
        return "0"
    written = format(Decimal(repr(value)), "f")
    return written.partition(".")[0] if value.is_integer() else written


def segment(value: Scalar) -> str:
    """One path segment, percent-encoded (RFC 3986, section 2.1): a slash in it separates nothing.

    The segments `.` and `..` would be taken out by a server's path resolution, encoded or not, so
    a caller who sends one is refused (CallError 400).
    """
    encoded = quote(text(value), safe="")
    if encoded in ("", ".", ".."):
        problem = "a part of the upstream path cannot be empty, `.` or `..`"
        raise CallError(400, "invalid_input", problem)
    return encoded


def pairs(*items: tuple[str, Scalar | None]) -> list[tuple[str, str]]:
    """The query fields that have a value, in the given order."""
    return [(name, text(value)) for name, value in items if value is not None]


def fields(*items: tuple[str, Scalar | None]) -> dict[str, str]:
    """The headers that have a value."""
    return {name: text(value) for name, value in items if value is not None}


def revealed(secret: Secret | None) -> str | None:
    """The text of a setting that may be missing."""
    return None if secret is None else secret.reveal()


def concat(*parts: JsonValue) -> str:
    """The texts of all parts, one behind the other; lists and objects as their JSON."""
    return "".join(part if isinstance(part, str) else _written(part) for part in parts)


def concat_given(*parts: JsonValue) -> str | None:
    """Like `concat`, but None as soon as one part is missing."""
    return None if None in parts else concat(*parts)


def _written(value: JsonValue) -> str:
    if value is None:
        return ""
    if not isinstance(value, list | dict):
        return text(value)
    try:
        return json.dumps(
            value, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
    except ValueError:
        raise unsendable() from None


def cookies(*items: tuple[str, Scalar | None]) -> str | None:
    """The Cookie header of the values that there are (RFC 6265, section 4.2); None for none.

    What no cookie can hold is percent-encoded, and so is the percent sign.
    """
    texts = (
        f"{name}={quote(text(value), safe=_COOKIE_SAFE)}"
        for name, value in items
        if value is not None
    )
    return "; ".join(texts) or None


def members(*items: tuple[str, JsonValue]) -> JsonObject | None:
    """A body of the members that have a value; None when there is none."""
    return {name: value for name, value in items if value is not None} or None
