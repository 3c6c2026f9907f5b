"""The MCP adapters of Orders: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, mappings, operations
from . import arguments as arguments_
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def get_order_id(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-order-id: One order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    reply = await operations.get_order(context.shop, id_=given(id_))
    return mapped(reply, mappings.get_order_id)


async def list_orders(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-orders: All orders"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    reply = await operations.list_orders(context.shop)
    return mapped(reply, mappings.shop_mcp_list_orders)


SHOP_MCP: dict[str, Command[Context]] = {
    "get-order-id": get_order_id,
    "list-orders": list_orders,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "shop-mcp": (
        SHOP_MCP,
        "tools.json",
        "Answers that are taken from the upstream's document, member by member.",
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
        title="Orders",
        version=__version__,
        instructions=instructions,
    )
