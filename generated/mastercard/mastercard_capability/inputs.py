"""What callers of Mastercard services may send: one check for each body."""

from __future__ import annotations

from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

LIST_RANGES_BODY: dict[str, Check] = {}


def list_ranges(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of Account ranges, a page at a time, or None when there is none."""
    return check_body(faults, value, at, LIST_RANGES_BODY, closed=False)
