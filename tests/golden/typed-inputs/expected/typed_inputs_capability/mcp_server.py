"""The MCP adapters of Search: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, commands
from .context import Context
from .contract import read_contract
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command

SEARCH_TOOLS: dict[str, Command[Context]] = {"search": commands.search}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "search-tools": (
        SEARCH_TOOLS,
        "tools.json",
        "Passes what callers ask for on to a search, each of its type.",
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
        title="Search",
        version=__version__,
        instructions=instructions,
    )
