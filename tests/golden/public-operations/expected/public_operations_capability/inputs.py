"""What callers of Clock and balance may send: one check for each body."""

from __future__ import annotations

from functools import partial

from . import check
from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

GET_BALANCE_BODY: dict[str, Check] = {
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_balance(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of The balance of the account, or None when there is none."""
    return check_body(faults, value, at, GET_BALANCE_BODY)
