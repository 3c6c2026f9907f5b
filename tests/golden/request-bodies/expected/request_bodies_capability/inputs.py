"""What callers of Notes may send: one check for each body."""

from __future__ import annotations

from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

SEND_PASSED_BODY: dict[str, Check] = {}


def send_passed(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of send-passed, or None when there is none."""
    return check_body(faults, value, at, SEND_PASSED_BODY, closed=False)
