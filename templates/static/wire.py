"""Typed values as the texts of a path, a query and headers."""

from __future__ import annotations

from typing import TypeAlias
from urllib.parse import quote

from .errors import CallError

Scalar: TypeAlias = str | int | float | bool


def text(value: Scalar) -> str:
    """The text of a value: `true`, `false`, a number as JSON writes it, or the text itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


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
