"""What callers of Kraken Spot REST API — Account Data may send: one check for each
body.
"""

from __future__ import annotations

from . import check
from .faults import Faults
from .reply import JsonObject, JsonValue

GET_ACCOUNT_BALANCE = ("rebase_multiplier",)

GET_EXTENDED_BALANCE = ("rebase_multiplier",)

GET_TRADE_BALANCE = ("asset", "rebase_multiplier")

GET_OPEN_ORDERS = ("trades", "userref", "cl_ord_id", "rebase_multiplier")

GET_CLOSED_ORDERS = (
    "trades",
    "userref",
    "cl_ord_id",
    "start",
    "end",
    "ofs",
    "closetime",
    "consolidate_taker",
    "without_count",
    "rebase_multiplier",
)

QUERY_ORDERS_INFO = (
    "txid",
    "trades",
    "userref",
    "consolidate_taker",
    "rebase_multiplier",
)

GET_TRADES_HISTORY = (
    "type",
    "trades",
    "start",
    "end",
    "ofs",
    "without_count",
    "consolidate_taker",
    "ledgers",
    "rebase_multiplier",
)

QUERY_TRADES_INFO = ("txid", "trades", "rebase_multiplier")

GET_OPEN_POSITIONS = ("txid", "docalcs", "consolidation", "rebase_multiplier")

GET_LEDGERS_INFO = (
    "asset",
    "aclass",
    "type",
    "start",
    "end",
    "ofs",
    "without_count",
    "rebase_multiplier",
)

QUERY_LEDGERS = ("id", "trades", "rebase_multiplier")

GET_TRADE_VOLUME = ("pair", "fee_schedule", "rebase_multiplier")


def get_account_balance(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Account Balance, or None when there is none."""
    body = check.body_object(
        faults,
        value,
        at,
        required=False,
        known=GET_ACCOUNT_BALANCE,
    )
    if body is not None:
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def get_extended_balance(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Extended Balance, or None when there is none."""
    body = check.body_object(
        faults,
        value,
        at,
        required=False,
        known=GET_EXTENDED_BALANCE,
    )
    if body is not None:
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def get_trade_balance(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Trade Balance, or None when there is none."""
    body = check.body_object(faults, value, at, required=False, known=GET_TRADE_BALANCE)
    if body is not None:
        check.string(faults, body, "asset", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def get_open_orders(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Open Orders, or None when there is none."""
    body = check.body_object(faults, value, at, required=False, known=GET_OPEN_ORDERS)
    if body is not None:
        check.boolean(faults, body, "trades", at)
        check.integer(
            faults,
            body,
            "userref",
            at,
            minimum=-2147483648,
            maximum=2147483647,
        )
        check.string(faults, body, "cl_ord_id", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def get_closed_orders(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Closed Orders, or None when there is none."""
    body = check.body_object(faults, value, at, required=False, known=GET_CLOSED_ORDERS)
    if body is not None:
        check.boolean(faults, body, "trades", at)
        check.integer(
            faults,
            body,
            "userref",
            at,
            minimum=-2147483648,
            maximum=2147483647,
        )
        check.string(faults, body, "cl_ord_id", at)
        check.integer_or_string(faults, body, "start", at)
        check.integer_or_string(faults, body, "end", at)
        check.integer(faults, body, "ofs", at, minimum=0)
        check.string(faults, body, "closetime", at, enum=("open", "close", "both"))
        check.boolean(faults, body, "consolidate_taker", at)
        check.boolean(faults, body, "without_count", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def query_orders_info(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Query Orders Info, or None when there is none."""
    body = check.body_object(faults, value, at, required=True, known=QUERY_ORDERS_INFO)
    if body is not None:
        check.string(faults, body, "txid", at, required=True)
        check.boolean(faults, body, "trades", at)
        check.integer(
            faults,
            body,
            "userref",
            at,
            minimum=-2147483648,
            maximum=2147483647,
        )
        check.boolean(faults, body, "consolidate_taker", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def get_trades_history(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Trades History, or None when there is none."""
    body = check.body_object(
        faults,
        value,
        at,
        required=False,
        known=GET_TRADES_HISTORY,
    )
    if body is not None:
        check.string(
            faults,
            body,
            "type",
            at,
            enum=(
                "all",
                "any position",
                "closed position",
                "closing position",
                "no position",
            ),
        )
        check.boolean(faults, body, "trades", at)
        check.integer_or_string(faults, body, "start", at)
        check.integer_or_string(faults, body, "end", at)
        check.integer(faults, body, "ofs", at, minimum=0)
        check.boolean(faults, body, "without_count", at)
        check.boolean(faults, body, "consolidate_taker", at)
        check.boolean(faults, body, "ledgers", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def query_trades_info(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Query Trades Info, or None when there is none."""
    body = check.body_object(faults, value, at, required=True, known=QUERY_TRADES_INFO)
    if body is not None:
        check.string(faults, body, "txid", at, required=True)
        check.boolean(faults, body, "trades", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def get_open_positions(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Open Positions, or None when there is none."""
    body = check.body_object(
        faults,
        value,
        at,
        required=False,
        known=GET_OPEN_POSITIONS,
    )
    if body is not None:
        check.string(faults, body, "txid", at)
        check.boolean(faults, body, "docalcs", at)
        check.string(faults, body, "consolidation", at, enum=("market",))
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def get_ledgers_info(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Ledgers Info, or None when there is none."""
    body = check.body_object(faults, value, at, required=False, known=GET_LEDGERS_INFO)
    if body is not None:
        check.string(faults, body, "asset", at)
        check.string(faults, body, "aclass", at)
        check.string(
            faults,
            body,
            "type",
            at,
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
        )
        check.integer_or_string(faults, body, "start", at)
        check.integer_or_string(faults, body, "end", at)
        check.integer(faults, body, "ofs", at, minimum=0)
        check.boolean(faults, body, "without_count", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def query_ledgers(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of Kraken Query Ledgers, or None when there is none."""
    body = check.body_object(faults, value, at, required=True, known=QUERY_LEDGERS)
    if body is not None:
        check.string(faults, body, "id", at, required=True)
        check.boolean(faults, body, "trades", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body


def get_trade_volume(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of Kraken Get Trade Volume, or None when there is none."""
    body = check.body_object(faults, value, at, required=False, known=GET_TRADE_VOLUME)
    if body is not None:
        check.string_or_objects(faults, body, "pair", at, known=("asset", "aclass"))
        check.boolean(faults, body, "fee_schedule", at)
        check.string(
            faults,
            body,
            "rebase_multiplier",
            at,
            nullable=True,
            enum=("rebased", "base"),
        )
    return body
