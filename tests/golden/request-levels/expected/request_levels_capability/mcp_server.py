"""The MCP adapters of Depot stock: tools and servers."""

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
from .wire import concat


async def add_crate(arguments: JsonObject, context: Context) -> Reply:
    """Tool add-crate: add-item"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("session", "tags", "place", "size"),
    )
    session = arguments_.string(faults, arguments, "session")
    tags = arguments_.array(faults, arguments, "tags")
    place = arguments_.string(faults, arguments, "place")
    size = arguments_.string(faults, arguments, "size", required=True)
    faults.raise_any()
    return await operations.add_item(
        context.stock,
        settings=context.settings,
        session=session,
        sku=concat("crate-", size),
        count=1,
        tags=tags,
        extra=2.5,
        place=place,
    )


DEPOT_TOOLS: dict[str, Command[Context]] = {
    "add-item": commands.add_item,
    "add-crate": add_crate,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "depot-tools": (
        DEPOT_TOOLS,
        "tools.json",
        "Parameters of a whole block, a resource and an operation; cookies, body fields, the environment.",
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
        title="Depot stock",
        version=__version__,
        instructions=instructions,
    )
