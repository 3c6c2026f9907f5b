"""The MCP adapters of Harbour: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, commands
from .context import Context
from .contract import read_contract
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command

HARBOUR_TOOLS: dict[str, Command[Context]] = {"list-ships": commands.list_ships}

HARBOUR_OFFICE_TOOLS: dict[str, Command[Context]] = {"free-berth": commands.free_berth}

HARBOUR_PIPE: dict[str, Command[Context]] = {"ships": commands.list_ships}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "harbour-tools": (
        HARBOUR_TOOLS,
        "tools.harbour_tools.json",
        "Look, but do not touch.",
    ),
    "harbour-office-tools": (
        HARBOUR_OFFICE_TOOLS,
        "tools.harbour_office_tools.json",
        "Two REST adapters, two MCP adapters over HTTP and one over stdio, on one upstream.",
    ),
    "harbour-pipe": (
        HARBOUR_PIPE,
        "tools.harbour_pipe.json",
        "Two REST adapters, two MCP adapters over HTTP and one over stdio, on one upstream.",
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
        title="Harbour",
        version=__version__,
        instructions=instructions,
    )
