"""Checks of inputs that arrive as text: path, query and header parameters."""

from __future__ import annotations

import re

from .faults import Faults, check_bounds, check_text

# The numbers of JSON (RFC 8259), of a length that is a number and not an attack.
_INTEGER = re.compile(r"-?[0-9]{1,1000}")
_NUMBER = re.compile(r"-?[0-9]{1,1000}(\.[0-9]{1,1000})?([eE][+-]?[0-9]{1,3})?")


def text_string(
    faults: Faults,
    text: str | None,
    at: str,
    *,
    required: bool = False,
    enum: tuple[str, ...] = (),
    max_length: int | None = None,
    pattern: str | None = None,
) -> str | None:
    """The text itself; None when it is absent."""
    if text is not None:
        check_text(faults, text, at, enum, max_length, pattern)
    elif required:
        faults.add(at, "is required")
    return text


def text_integer(
    faults: Faults,
    text: str | None,
    at: str,
    *,
    required: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    enum: tuple[int, ...] = (),
) -> int | None:
    """The integer that a text spells; None when it is absent or spells none."""
    if text is None or not _INTEGER.fullmatch(text):
        _refuse(faults, text, at, required, "must be an integer")
        return None
    value = int(text)
    check_bounds(faults, value, at, minimum, maximum, enum)
    return value


def text_number(
    faults: Faults,
    text: str | None,
    at: str,
    *,
    required: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    enum: tuple[float, ...] = (),
) -> int | float | None:
    """The number that a text spells; None when it is absent or spells none.

    A float holds about 16 digits: to send on exactly what came, send the text.
    """
    if text is None or not _NUMBER.fullmatch(text):
        _refuse(faults, text, at, required, "must be a number")
        return None
    value = int(text) if _INTEGER.fullmatch(text) else float(text)
    if abs(value) > 1e308:
        faults.add(at, "is too large")
    check_bounds(faults, value, at, minimum, maximum, enum)
    return value


def text_boolean(
    faults: Faults, text: str | None, at: str, *, required: bool = False
) -> bool | None:
    """What `true` and `false` say; None when the text is absent or another."""
    if text in ("true", "false"):
        return text == "true"
    _refuse(faults, text, at, required, "must be true or false")
    return None


def _refuse(
    faults: Faults, text: str | None, at: str, required: bool, message: str
) -> None:
    if text is not None:
        faults.add(at, message)
    elif required:
        faults.add(at, "is required")
