"""The MCP adapters of Maps: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, operations
from . import arguments as arguments_
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def search(arguments: JsonObject, context: Context) -> Reply:
    """Tool search: search"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("text",))
    q = arguments_.string(faults, arguments, "text")
    faults.raise_any()
    return await operations.search(context.maps, q=q)


MAPS_MCP: dict[str, Command[Context]] = {"search": search}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "maps-mcp": (
        MAPS_MCP,
        "tools.json",
        "An API key in the query, beside fields of the operation.",
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
        title="Maps",
        version=__version__,
        instructions=instructions,
    )
