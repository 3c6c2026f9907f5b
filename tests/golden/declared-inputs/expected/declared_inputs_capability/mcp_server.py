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


async def list_orders(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-orders: Orders of a customer"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("customer", "channel", "session", "reason", "trace"),
    )
    customer = arguments_.string(faults, arguments, "customer", required=True)
    channel = arguments_.string(faults, arguments, "channel")
    session = arguments_.string(faults, arguments, "session")
    reason = arguments_.string(faults, arguments, "reason", required=True)
    arguments_.string(faults, arguments, "trace")
    faults.raise_any()
    reply = await operations.list_orders(
        context.shop,
        customer=customer,
        channel=channel,
        session=session,
    )
    return mapped(
        reply,
        lambda document: mappings.orders_mcp_list_orders(
            document,
            customer=customer,
            reason=reason,
        ),
    )


async def add_lines(arguments: JsonObject, context: Context) -> Reply:
    """Tool add-lines: Lines of an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("lines",))
    body_ = arguments_.array(faults, arguments, "lines", required=True)
    faults.raise_any()
    return await operations.add_lines(context.shop, body_=given(body_))


ORDERS_MCP: dict[str, Command[Context]] = {
    "list-orders": list_orders,
    "add-lines": add_lines,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "orders-mcp": (
        ORDERS_MCP,
        "tools.json",
        "Inputs with patterns, fixed values and places in the body, in cookies, in answers, as JSON text, and without a use.",
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
