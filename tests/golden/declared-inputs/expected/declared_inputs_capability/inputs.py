"""What callers of Orders may send: one check for each body."""

from __future__ import annotations

from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

ADD_ORDER_BODY: dict[str, Check] = {}


def add_order(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of A new order, or None when there is none."""
    return check_body(faults, value, at, ADD_ORDER_BODY, closed=False)
