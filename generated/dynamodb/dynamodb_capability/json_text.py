"""Lists and objects that arrive as text: in a path, a query, a header or a cookie."""

from __future__ import annotations

from .errors import CallError
from .faults import Faults
from .reply import JsonObject, JsonValue
from .strict_json import parse_json


def array(
    faults: Faults, text: str | None, at: str, *, required: bool = False
) -> list[JsonValue] | None:
    """The list that a JSON text is; None when it is absent or another (a fault)."""
    value = _parsed(faults, text, at, required)
    if value is not None and not isinstance(value, list):
        faults.add(at, "must be a list, written as JSON")
    return value if isinstance(value, list) else None


def object_(
    faults: Faults, text: str | None, at: str, *, required: bool = False
) -> JsonObject | None:
    """The object that a JSON text is; None when it is absent or another (a fault)."""
    value = _parsed(faults, text, at, required)
    if value is not None and not isinstance(value, dict):
        faults.add(at, "must be an object, written as JSON")
    return value if isinstance(value, dict) else None


def _parsed(faults: Faults, text: str | None, at: str, required: bool) -> JsonValue:
    if text is None:
        if required:
            faults.add(at, "is required")
        return None
    try:
        value = parse_json(text.encode())
    except (CallError, UnicodeEncodeError):
        faults.add(at, "must be JSON (RFC 8259)")
        return None
    if value is None:
        faults.add(at, "must not be null")
    return value
