"""The MCP adapters of Binance Spot: tools and servers."""

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


async def get_account(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-account: Balances and fees of the account"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_account(context.binance, omit_zero_balances=True)


async def place_order(arguments: JsonObject, context: Context) -> Reply:
    """Tool place-order: Place a limit order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("symbol", "side", "quantity", "price", "clientOrderId"),
    )
    symbol = arguments_.string(faults, arguments, "symbol", required=True)
    side = arguments_.string(faults, arguments, "side", required=True)
    quantity = arguments_.string(faults, arguments, "quantity", required=True)
    price = arguments_.string(faults, arguments, "price", required=True)
    client_order_id = arguments_.string(
        faults,
        arguments,
        "clientOrderId",
        required=True,
    )
    faults.raise_any()
    return await operations.place_order(
        context.binance,
        symbol=symbol,
        side=side,
        quantity=quantity,
        price=price,
        client_order_id=client_order_id,
    )


SPOT_TOOLS: dict[str, Command[Context]] = {
    "get-price": commands.get_price,
    "get-depth": commands.get_depth,
    "get-account": get_account,
    "list-open-orders": commands.list_open_orders,
    "list-trades": commands.list_trades,
    "place-order": place_order,
    "cancel-order": commands.cancel_order,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "spot-tools": (
        SPOT_TOOLS,
        "tools.json",
        "Binance Spot for agents. Orders move money.",
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
        title="Binance Spot",
        version=__version__,
        instructions=instructions,
    )
