"""The twelve operations: how each is called, and what the upstream has to receive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Case:
    """One call. `fields` is what arrives upstream, without nonce and otp.

    A form carries texts only, and no member that is null; JSON carries all as it is.
    """

    route: str
    tool: str
    upstream: str
    body: Mapping[str, object] | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


CASES = (
    Case("balance", "kraken-get-account-balance", "Balance"),
    Case(
        "balanceex",
        "kraken-get-extended-balance",
        "BalanceEx",
        {"rebase_multiplier": None},
    ),
    Case(
        "tradebalance",
        "kraken-get-trade-balance",
        "TradeBalance",
        {"asset": "ZEUR", "rebase_multiplier": "base"},
        {"asset": "ZEUR", "rebase_multiplier": "base"},
    ),
    Case(
        "openorders",
        "kraken-get-open-orders",
        "OpenOrders",
        {"trades": True, "userref": -7, "cl_ord_id": "Zoë & Đặng: 1+1=2 50%/½~*€🐙"},
        {
            "trades": "true",
            "userref": "-7",
            "cl_ord_id": "Zoë & Đặng: 1+1=2 50%/½~*€🐙",
        },
    ),
    Case(
        "closedorders",
        "kraken-get-closed-orders",
        "ClosedOrders",
        {
            "start": 1700000000,
            "end": "OQCLML-BW3P3-BUCMWZ",
            "ofs": 50,
            "closetime": "close",
            "consolidate_taker": True,
            "without_count": False,
        },
        {
            "start": "1700000000",
            "end": "OQCLML-BW3P3-BUCMWZ",
            "ofs": "50",
            "closetime": "close",
            "consolidate_taker": "true",
            "without_count": "false",
        },
    ),
    Case(
        "queryorders",
        "kraken-query-orders-info",
        "QueryOrders",
        {"txid": "OBCMZD-JIEE7-77TH3F,OMMDB2-FSB6Z-7W3HPO", "trades": False},
        {"txid": "OBCMZD-JIEE7-77TH3F,OMMDB2-FSB6Z-7W3HPO", "trades": "false"},
    ),
    Case(
        "tradeshistory",
        "kraken-get-trades-history",
        "TradesHistory",
        {"type": "any position", "ledgers": True},
        {"type": "any position", "ledgers": "true"},
    ),
    Case(
        "querytrades",
        "kraken-query-trades-info",
        "QueryTrades",
        {"txid": "THVRQM-33VKH-UCI7BS", "rebase_multiplier": "rebased"},
        {"txid": "THVRQM-33VKH-UCI7BS", "rebase_multiplier": "rebased"},
    ),
    Case(
        "openpositions",
        "kraken-get-open-positions",
        "OpenPositions",
        {"docalcs": True, "consolidation": "market"},
        {"docalcs": "true", "consolidation": "market"},
    ),
    Case(
        "ledgers",
        "kraken-get-ledgers-info",
        "Ledgers",
        {"asset": "XXBT,ZUSD", "type": "nft_rebate", "start": "LGBRJU-SQZ4L-5HLS3C"},
        {"asset": "XXBT,ZUSD", "type": "nft_rebate", "start": "LGBRJU-SQZ4L-5HLS3C"},
    ),
    Case(
        "queryledgers",
        "kraken-query-ledgers",
        "QueryLedgers",
        {"id": "L4UESK-KG3EQ-UFO4T5", "trades": True},
        {"id": "L4UESK-KG3EQ-UFO4T5", "trades": "true"},
    ),
    # A list can only be said in JSON, which is signed by another rule of encoding.
    Case(
        "tradevolume",
        "kraken-get-trade-volume",
        "TradeVolume",
        {
            "pair": [
                {"asset": "XBTUSD", "aclass": "currency"},
                {"asset": "AAPLx/€ ½", "aclass": "tokenized_asset"},
            ],
            "fee_schedule": True,
            "rebase_multiplier": None,
        },
        {
            "pair": [
                {"asset": "XBTUSD", "aclass": "currency"},
                {"asset": "AAPLx/€ ½", "aclass": "tokenized_asset"},
            ],
            "fee_schedule": True,
            "rebase_multiplier": None,
        },
    ),
)


def path(case: Case) -> str:
    """The path of a case's route."""
    return f"/v1/0/private/{case.route}"
