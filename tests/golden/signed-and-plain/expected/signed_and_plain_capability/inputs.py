"""What callers of Prices and orders may send: one check for each body."""

from __future__ import annotations

from functools import partial

from . import check
from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

GET_OPEN_ORDERS_BODY: dict[str, Check] = {
    "trades": check.boolean,
    "userref": partial(check.integer, minimum=-2147483648, maximum=2147483647),
    "cl_ord_id": check.string,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_open_orders(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Open orders, or None when there is none."""
    return check_body(faults, value, at, GET_OPEN_ORDERS_BODY)
