"""What callers of Shipments may send: one check for each body."""

from __future__ import annotations

from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

REPEAT_BODY: dict[str, Check] = {}


def repeat(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of repeat, or None when there is none."""
    return check_body(faults, value, at, REPEAT_BODY, closed=False)
