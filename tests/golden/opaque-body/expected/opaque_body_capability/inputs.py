"""What callers of Orders may send: one check for each body."""

from __future__ import annotations

from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

REPLACE_ORDER_BODY: dict[str, Check] = {}


def replace_order(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of Replace an order, or None when there is none."""
    return check_body(faults, value, at, REPLACE_ORDER_BODY, needed=True, closed=False)
