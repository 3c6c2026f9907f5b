"""The MCP adapters of Guarded harbour: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, commands
from .context import Context
from .contract import read_contract
from .mcp_choice import allowed
from .mcp_observed import observe_server
from .mcp_support import build_server, read_tools
from .package import Command
from .telemetry import observed_tools

AGENTS: dict[str, Command[Context]] = {"list-ships": commands.list_ships}

KEYED_AGENTS: dict[str, Command[Context]] = {"list-ships": commands.list_ships}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "agents": (
        AGENTS,
        "tools.agents.json",
        "Each of the fixed credentials that an adapter can ask its callers for.",
    ),
    "keyed-agents": (
        KEYED_AGENTS,
        "tools.keyed_agents.json",
        "Each of the fixed credentials that an adapter can ask its callers for.",
    ),
}


def create_server(namespace: str, context: Context) -> Server[Any]:
    """The server of the adapter `namespace`; KeyError for an unknown one."""
    handlers, contract, instructions = ADAPTERS[namespace]
    tools = read_tools(read_contract(contract), observed_tools(handlers))
    chosen = context.settings
    server = build_server(
        allowed(tools, chosen.mcp_tools, read_only=chosen.safeguards.read_only),
        context,
        name=namespace,
        title="Guarded harbour",
        version=__version__,
        instructions=instructions,
    )
    observe_server(server)
    return server
