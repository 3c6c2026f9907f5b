"""The MCP adapters of Orders to read: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, commands
from .context import Context
from .contract import read_contract
from .mcp_choice import allowed
from .mcp_prompts import add_prompts_of
from .mcp_resources import add_resources_of
from .mcp_support import build_server, read_tools
from .package import Command

SHOP_MCP: dict[str, Command[Context]] = {"get-totals": commands.get_totals}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "shop-mcp": (SHOP_MCP, "tools.json", "Read orders, guides and prompts."),
}


def create_server(namespace: str, context: Context) -> Server[Any]:
    """The server of the adapter `namespace`; KeyError for an unknown one."""
    handlers, contract, instructions = ADAPTERS[namespace]
    tools = read_tools(read_contract(contract), handlers)
    chosen = context.settings
    server = build_server(
        allowed(tools, chosen.mcp_tools, read_only=chosen.safeguards.read_only),
        context,
        name=namespace,
        title="Orders to read",
        version=__version__,
        instructions=instructions,
    )
    add_resources_of(namespace, server, context)
    add_prompts_of(namespace, server)
    return server
