"""The MCP adapters of Orders: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, inputs, operations
from . import arguments as arguments_
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def replace_order(arguments: JsonObject, context: Context) -> Reply:
    """Tool replace-order: Replace an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("order", "document"))
    id_ = arguments_.string(faults, arguments, "order", required=True)
    body = inputs.replace_order(arguments.get("document"), faults, "/document")
    faults.raise_any()
    return await operations.replace_order(context.orders, id_=given(id_), body=body)


ORDERS_MCP: dict[str, Command[Context]] = {"replace-order": replace_order}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "orders-mcp": (
        ORDERS_MCP,
        "tools.json",
        "A JSON body that no schema describes, beside a path parameter.",
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
