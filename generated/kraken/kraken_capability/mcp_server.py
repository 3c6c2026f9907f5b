"""The MCP adapters of Kraken Spot REST API — Account Data: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, commands
from .context import Context
from .mcp_support import Tool, build_server

SPOT_REST_ACCOUNT_DATA_MCP: tuple[Tool[Context], ...] = (
    Tool(
        name="kraken-get-account-balance",
        title="Kraken Get Account Balance",
        description="Kraken Get Account Balance. Lists how much of each asset the account holds, as a map from asset to decimal string; it does not subtract what open orders hold (the extended balance does).",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_account_balance,
    ),
    Tool(
        name="kraken-get-extended-balance",
        title="Kraken Get Extended Balance",
        description="Kraken Get Extended Balance. Lists each asset's balance together with the part that open orders hold and any credit line; what can be spent is balance + credit - credit_used - hold_trade.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_extended_balance,
    ),
    Tool(
        name="kraken-get-trade-balance",
        title="Kraken Get Trade Balance",
        description="Kraken Get Trade Balance. Sums up the account's margin situation in one currency: equity, free margin, margin in use and unrealised profit or loss of all open positions.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "asset": {
                            "type": "string",
                            "default": "ZUSD",
                            "description": "Asset in which every figure is expressed, by Kraken's name, for example ZUSD, ZEUR or XXBT.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_trade_balance,
    ),
    Tool(
        name="kraken-get-open-orders",
        title="Kraken Get Open Orders",
        description="Kraken Get Open Orders. Lists the orders that are still open or pending, by order id, with price, volume and what has been executed so far.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "trades": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to list, in each order, the ids of the trades that filled it.",
                        },
                        "userref": {
                            "type": "integer",
                            "minimum": -2147483648,
                            "maximum": 2147483647,
                            "description": "Keep only orders that were placed with this numeric reference, which the client chose (a signed 32-bit integer; many orders may share one).",
                        },
                        "cl_ord_id": {
                            "type": "string",
                            "description": "Keep only the order that was placed with this client order id, the text that the client chose to be unique among its open orders.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_open_orders,
    ),
    Tool(
        name="kraken-get-closed-orders",
        title="Kraken Get Closed Orders",
        description="Kraken Get Closed Orders. Lists filled, cancelled and expired orders, newest first and 50 a page, optionally within a period; raise ofs to see older pages.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "trades": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to list, in each order, the ids of the trades that filled it.",
                        },
                        "userref": {
                            "type": "integer",
                            "minimum": -2147483648,
                            "maximum": 2147483647,
                            "description": "Keep only orders that were placed with this numeric reference, which the client chose (a signed 32-bit integer; many orders may share one).",
                        },
                        "cl_ord_id": {
                            "type": "string",
                            "description": "Keep only the order that was placed with this client order id, the text that the client chose to be unique among its open orders.",
                        },
                        "start": {
                            "anyOf": [{"type": "integer"}, {"type": "string"}],
                            "description": "Beginning of the period, itself excluded: whole Unix seconds, or the id of an order, whose opening time is then used.",
                        },
                        "end": {
                            "anyOf": [{"type": "integer"}, {"type": "string"}],
                            "description": "End of the period, itself included: whole Unix seconds, or the id of an order, whose opening time is then used.",
                        },
                        "ofs": {
                            "type": "integer",
                            "minimum": 0,
                            "description": "How many of the newest matches to skip. A page holds 50, so 50 gives the second page, 100 the third.",
                        },
                        "closetime": {
                            "type": "string",
                            "enum": ["open", "close", "both"],
                            "default": "both",
                            "description": "Which time of an order has to lie within start and end: when it was opened, when it was closed, or either of them.",
                        },
                        "consolidate_taker": {
                            "type": "boolean",
                            "default": True,
                            "description": "true joins the trades in which an order took liquidity into one entry; false gives every execution separately.",
                        },
                        "without_count": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to leave out the total number of matches, which makes the answer noticeably faster for accounts with a long history.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_closed_orders,
    ),
    Tool(
        name="kraken-query-orders-info",
        title="Kraken Query Orders Info",
        description="Kraken Query Orders Info. Looks up known orders by id, whether open or closed, with their state and executions.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "txid": {
                            "type": "string",
                            "description": "Ids of the orders to look up, joined by commas without spaces; at most 50. An id looks like OA7KZQ-3MWTR-PX2VHD.",
                        },
                        "trades": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to list, in each order, the ids of the trades that filled it.",
                        },
                        "userref": {
                            "type": "integer",
                            "minimum": -2147483648,
                            "maximum": 2147483647,
                            "description": "Keep only orders that were placed with this numeric reference, which the client chose (a signed 32-bit integer; many orders may share one).",
                        },
                        "consolidate_taker": {
                            "type": "boolean",
                            "default": True,
                            "description": "true joins the trades in which an order took liquidity into one entry; false gives every execution separately.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "required": ["txid"],
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
            "required": ["body"],
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.query_orders_info,
    ),
    Tool(
        name="kraken-get-trades-history",
        title="Kraken Get Trades History",
        description="Kraken Get Trades History. Lists the account's executed trades, newest first and 50 a page, optionally within a period; counts twice towards the rate limit.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "type": {
                            "type": "string",
                            "enum": [
                                "all",
                                "any position",
                                "closed position",
                                "closing position",
                                "no position",
                            ],
                            "default": "all",
                            "description": "Which trades to list by their part in margin trading: every trade, those of any position, those whose position is closed by now, those that closed one, or those of no position (spot). Write the spaces as they stand.",
                        },
                        "trades": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to list, in each trade that opened a margin position, the ids of the trades that belong to this position.",
                        },
                        "start": {
                            "anyOf": [{"type": "integer"}, {"type": "string"}],
                            "description": "Beginning of the period, itself excluded: whole Unix seconds, or the id of a trade.",
                        },
                        "end": {
                            "anyOf": [{"type": "integer"}, {"type": "string"}],
                            "description": "End of the period, itself included: whole Unix seconds, or the id of a trade.",
                        },
                        "ofs": {
                            "type": "integer",
                            "minimum": 0,
                            "description": "How many of the newest matches to skip. A page holds 50, so 50 gives the second page, 100 the third.",
                        },
                        "without_count": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to leave out the total number of matches, which makes the answer noticeably faster for accounts with a long history.",
                        },
                        "consolidate_taker": {
                            "type": "boolean",
                            "default": True,
                            "description": "true joins the trades in which an order took liquidity into one entry; false gives every execution separately.",
                        },
                        "ledgers": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to list, in each trade, the ids of the ledger entries that it caused; slower.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_trades_history,
    ),
    Tool(
        name="kraken-query-trades-info",
        title="Kraken Query Trades Info",
        description="Kraken Query Trades Info. Looks up known trades by id, with price, cost, fee and the order executed.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "txid": {
                            "type": "string",
                            "description": "Ids of the trades to look up, joined by commas without spaces; at most 20. An id looks like TH5JXN-W6LCR-QZ2KTB.",
                        },
                        "trades": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to list, in each trade that opened a margin position, the ids of the trades that belong to this position.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "required": ["txid"],
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
            "required": ["body"],
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.query_trades_info,
    ),
    Tool(
        name="kraken-get-open-positions",
        title="Kraken Get Open Positions",
        description="Kraken Get Open Positions. Lists the open margin positions, by position id, with size, margin and, on request, current value and unrealised profit or loss.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "txid": {
                            "type": "string",
                            "description": "Keep only these positions: their ids, joined by commas without spaces. Leave it out for all of them.",
                        },
                        "docalcs": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to add each position's current value and its unrealised profit or loss (net).",
                        },
                        "consolidation": {
                            "type": "string",
                            "enum": ["market"],
                            "description": 'Give "market" to join the positions of one pair and side into one entry; the result is then a list instead of a map by id.',
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_open_positions,
    ),
    Tool(
        name="kraken-get-ledgers-info",
        title="Kraken Get Ledgers Info",
        description="Kraken Get Ledgers Info. Lists every change of the account's balances (trades, deposits, withdrawals, rewards and so on), newest first and 50 a page; counts twice towards the rate limit.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "asset": {
                            "type": "string",
                            "default": "all",
                            "description": 'Keep only entries of these assets: one name or several joined by commas, for example XXBT,ZUSD; "all" keeps every asset.',
                        },
                        "aclass": {
                            "type": "string",
                            "default": "currency",
                            "description": 'Class of the assets; "currency" covers coins and money.',
                        },
                        "type": {
                            "type": "string",
                            "enum": [
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
                            ],
                            "default": "all",
                            "description": 'Keep only entries of this kind; "all" keeps every kind.',
                        },
                        "start": {
                            "anyOf": [{"type": "integer"}, {"type": "string"}],
                            "description": "Beginning of the period, itself excluded: whole Unix seconds, or the id of a ledger entry.",
                        },
                        "end": {
                            "anyOf": [{"type": "integer"}, {"type": "string"}],
                            "description": "End of the period, itself included: whole Unix seconds, or the id of a ledger entry.",
                        },
                        "ofs": {
                            "type": "integer",
                            "minimum": 0,
                            "description": "How many of the newest matches to skip. A page holds 50, so 50 gives the second page, 100 the third.",
                        },
                        "without_count": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to leave out the total number of matches, which makes the answer noticeably faster for accounts with a long history.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_ledgers_info,
    ),
    Tool(
        name="kraken-query-ledgers",
        title="Kraken Query Ledgers",
        description="Kraken Query Ledgers. Looks up known ledger entries by id, with amount, fee and resulting balance.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "id": {
                            "type": "string",
                            "description": "Ids of the ledger entries to look up, joined by commas without spaces; at most 20. An id looks like LN6CRT-Y2PVM-9XKHEQ.",
                        },
                        "trades": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to include the trades of the margin position that an entry belongs to.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "required": ["id"],
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
            "required": ["body"],
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.query_ledgers,
    ),
    Tool(
        name="kraken-get-trade-volume",
        title="Kraken Get Trade Volume",
        description="Kraken Get Trade Volume. Tells the volume traded in the last 30 days in US dollars and, for the pairs that are named, which fees that volume leads to.",
        input_schema={
            "type": "object",
            "properties": {
                "body": {
                    "type": "object",
                    "properties": {
                        "pair": {
                            "anyOf": [
                                {"type": "string"},
                                {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "properties": {
                                            "asset": {
                                                "type": "string",
                                                "description": "Name of the pair, for example XBTUSD.",
                                            },
                                            "aclass": {
                                                "type": "string",
                                                "description": "Its class, such as forex, derivatives or equity_pair.",
                                            },
                                        },
                                        "additionalProperties": False,
                                    },
                                },
                            ],
                            "description": "Pairs whose fees are wanted: names joined by commas (XBTUSD,ETHUSD), or a list of objects that name asset and class, which pairs of other classes than currencies need. Without it the answer holds no fees.",
                        },
                        "fee_schedule": {
                            "type": "boolean",
                            "default": False,
                            "description": "Set to true to add the whole fee schedule of each pair, all tiers, as schedules.",
                        },
                        "rebase_multiplier": {
                            "type": ["string", "null"],
                            "enum": ["rebased", "base", None],
                            "default": "rebased",
                            "description": 'Only matters for tokenized stocks (xStocks): "rebased" states amounts in shares of the underlying equity, "base" in tokens as they are held on chain.',
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        read_only=True,
        destructive=False,
        idempotent=False,
        open_world=True,
        run=commands.get_trade_volume,
    ),
)

# The tools and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Tool[Context], ...], str]] = {
    "spot-rest-account-data-mcp": (
        SPOT_REST_ACCOUNT_DATA_MCP,
        "MCP adapter for Kraken Spot REST API — Account Data. One tool per consumed operation, routed inline through this capability's consumes block.",
    ),
}


def create_server(namespace: str, context: Context) -> Server[Any]:
    """The server of the adapter `namespace`; KeyError for an unknown one."""
    tools, instructions = ADAPTERS[namespace]
    return build_server(
        tools,
        context,
        name=namespace,
        title="Kraken Spot REST API — Account Data",
        version=__version__,
        instructions=instructions,
    )
