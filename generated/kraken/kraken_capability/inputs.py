"""What callers of Kraken Spot REST API — Account Data may send: one check for each
body.
"""

from __future__ import annotations

from functools import partial

from . import check
from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

GET_ACCOUNT_BALANCE_BODY: dict[str, Check] = {
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_account_balance(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Account Balance, or None when there is none."""
    return check_body(faults, value, at, GET_ACCOUNT_BALANCE_BODY)


GET_EXTENDED_BALANCE_BODY: dict[str, Check] = {
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_extended_balance(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Extended Balance, or None when there is none."""
    return check_body(faults, value, at, GET_EXTENDED_BALANCE_BODY)


GET_TRADE_BALANCE_BODY: dict[str, Check] = {
    "asset": check.string,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_trade_balance(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Trade Balance, or None when there is none."""
    return check_body(faults, value, at, GET_TRADE_BALANCE_BODY)


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
    """The body of Kraken Get Open Orders, or None when there is none."""
    return check_body(faults, value, at, GET_OPEN_ORDERS_BODY)


GET_CLOSED_ORDERS_BODY: dict[str, Check] = {
    "trades": check.boolean,
    "userref": partial(check.integer, minimum=-2147483648, maximum=2147483647),
    "cl_ord_id": check.string,
    "start": check.integer_or_string,
    "end": check.integer_or_string,
    "ofs": partial(check.integer, minimum=0),
    "closetime": partial(check.string, enum=("open", "close", "both")),
    "consolidate_taker": check.boolean,
    "without_count": check.boolean,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_closed_orders(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Closed Orders, or None when there is none."""
    return check_body(faults, value, at, GET_CLOSED_ORDERS_BODY)


QUERY_ORDERS_INFO_BODY: dict[str, Check] = {
    "txid": check.string,
    "trades": check.boolean,
    "userref": partial(check.integer, minimum=-2147483648, maximum=2147483647),
    "consolidate_taker": check.boolean,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def query_orders_info(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Query Orders Info, or None when there is none."""
    return check_body(
        faults,
        value,
        at,
        QUERY_ORDERS_INFO_BODY,
        needed=True,
        required=("txid",),
    )


GET_TRADES_HISTORY_BODY: dict[str, Check] = {
    "type": partial(
        check.string,
        enum=(
            "all",
            "any position",
            "closed position",
            "closing position",
            "no position",
        ),
    ),
    "trades": check.boolean,
    "start": check.integer_or_string,
    "end": check.integer_or_string,
    "ofs": partial(check.integer, minimum=0),
    "without_count": check.boolean,
    "consolidate_taker": check.boolean,
    "ledgers": check.boolean,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_trades_history(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Trades History, or None when there is none."""
    return check_body(faults, value, at, GET_TRADES_HISTORY_BODY)


QUERY_TRADES_INFO_BODY: dict[str, Check] = {
    "txid": check.string,
    "trades": check.boolean,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def query_trades_info(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Query Trades Info, or None when there is none."""
    return check_body(
        faults,
        value,
        at,
        QUERY_TRADES_INFO_BODY,
        needed=True,
        required=("txid",),
    )


GET_OPEN_POSITIONS_BODY: dict[str, Check] = {
    "txid": check.string,
    "docalcs": check.boolean,
    "consolidation": partial(check.string, enum=("market",)),
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_open_positions(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Open Positions, or None when there is none."""
    return check_body(faults, value, at, GET_OPEN_POSITIONS_BODY)


GET_LEDGERS_INFO_BODY: dict[str, Check] = {
    "asset": check.string,
    "aclass": check.string,
    "type": partial(
        check.string,
        enum=(
            "all",
            "trade",
            "deposit",
            "withdrawal",
            "transfer",
            "margin",
            "adjustment",
            "rollover",
            "credit",
            "settled",
            "staking",
            "dividend",
            "sale",
            "nft_rebate",
        ),
    ),
    "start": check.integer_or_string,
    "end": check.integer_or_string,
    "ofs": partial(check.integer, minimum=0),
    "without_count": check.boolean,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_ledgers_info(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Ledgers Info, or None when there is none."""
    return check_body(faults, value, at, GET_LEDGERS_INFO_BODY)


QUERY_LEDGERS_BODY: dict[str, Check] = {
    "id": check.string,
    "trades": check.boolean,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def query_ledgers(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of Kraken Query Ledgers, or None when there is none."""
    return check_body(
        faults,
        value,
        at,
        QUERY_LEDGERS_BODY,
        needed=True,
        required=("id",),
    )


GET_TRADE_VOLUME_BODY: dict[str, Check] = {
    "pair": partial(check.string_or_objects, known=("asset", "aclass")),
    "fee_schedule": check.boolean,
    "rebase_multiplier": partial(check.string, nullable=True, enum=("rebased", "base")),
}


def get_trade_volume(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Trade Volume, or None when there is none."""
    return check_body(faults, value, at, GET_TRADE_VOLUME_BODY)
