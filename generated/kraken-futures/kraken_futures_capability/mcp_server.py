"""The MCP adapters of Kraken Futures: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, commands, operations
from . import arguments as arguments_
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def send_order(arguments: JsonObject, context: Context) -> Reply:
    """Tool send-order: Send a limit order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("symbol", "side", "size", "limitPrice", "cliOrdId"),
    )
    symbol = arguments_.string(faults, arguments, "symbol", required=True)
    side = arguments_.string(faults, arguments, "side", required=True)
    size = arguments_.number(faults, arguments, "size", required=True)
    limit_price = arguments_.number(faults, arguments, "limitPrice", required=True)
    cli_ord_id = arguments_.string(faults, arguments, "cliOrdId", required=True)
    faults.raise_any()
    return await operations.send_order(
        context.futures,
        symbol=symbol,
        side=side,
        size=size,
        limit_price=limit_price,
        cli_ord_id=cli_ord_id,
    )


async def cancel_order(arguments: JsonObject, context: Context) -> Reply:
    """Tool cancel-order: Cancel an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("orderId",))
    order_id = arguments_.string(faults, arguments, "orderId", required=True)
    faults.raise_any()
    return await operations.cancel_order(context.futures, order_id=order_id)


DERIVATIVES_TOOLS: dict[str, Command[Context]] = {
    "get-ticker": commands.get_ticker,
    "get-book": commands.get_book,
    "get-accounts": commands.get_accounts,
    "list-positions": commands.list_positions,
    "list-fills": commands.list_fills,
    "send-order": send_order,
    "cancel-order": cancel_order,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "derivatives-tools": (
        DERIVATIVES_TOOLS,
        "tools.json",
        "Kraken Futures for agents. Orders move money.",
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
        title="Kraken Futures",
        version=__version__,
        instructions=instructions,
    )
