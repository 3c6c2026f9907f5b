"""The MCP adapters of Kraken Spot REST API — Account Data: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, commands
from .context import Context
from .contract import read_contract
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command

SPOT_REST_ACCOUNT_DATA_MCP: dict[str, Command[Context]] = {
    "kraken-get-account-balance": commands.get_account_balance,
    "kraken-get-extended-balance": commands.get_extended_balance,
    "kraken-get-trade-balance": commands.get_trade_balance,
    "kraken-get-open-orders": commands.get_open_orders,
    "kraken-get-closed-orders": commands.get_closed_orders,
    "kraken-query-orders-info": commands.query_orders_info,
    "kraken-get-trades-history": commands.get_trades_history,
    "kraken-query-trades-info": commands.query_trades_info,
    "kraken-get-open-positions": commands.get_open_positions,
    "kraken-get-ledgers-info": commands.get_ledgers_info,
    "kraken-query-ledgers": commands.query_ledgers,
    "kraken-get-trade-volume": commands.get_trade_volume,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "spot-rest-account-data-mcp": (
        SPOT_REST_ACCOUNT_DATA_MCP,
        "tools.json",
        "MCP adapter for Kraken Spot REST API — Account Data. One tool per consumed operation, routed inline through this capability's consumes block.",
    ),
}


def create_server(namespace: str, context: Context) -> Server[Any]:
    """The server of the adapter `namespace`; KeyError for an unknown one."""
    handlers, contract, instructions = ADAPTERS[namespace]
    tools = read_tools(read_contract(contract), handlers)
    chosen = context.settings
    return build_server(
        allowed(tools, chosen.mcp_tools, read_only=chosen.safeguards.read_only),
        context,
        name=namespace,
        title="Kraken Spot REST API — Account Data",
        version=__version__,
        instructions=instructions,
    )
