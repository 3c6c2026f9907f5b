"""The MCP adapters of Ships: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, commands, flows
from . import arguments as arguments_
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply
from .wire import concat


async def crew_of(arguments: JsonObject, context: Context) -> Reply:
    """Tool crew-of: A ship and its crew"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("vessel",))
    vessel = arguments_.string(faults, arguments, "vessel", required=True)
    faults.raise_any()
    return await flows.ship_with_crew(context, imo=concat("IMO", vessel))


async def titanic(arguments: JsonObject, context: Context) -> Reply:
    """Tool titanic: A ship as the registry has it"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.raw_ship(context, imo="9")


FLEET_TOOLS: dict[str, Command[Context]] = {
    "get-ship": commands.fleet_get_ship,
    "scrap-ship": commands.scrap_ship,
    "crew-of": crew_of,
    "titanic": titanic,
    "about": commands.about,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "fleet-tools": (
        FLEET_TOOLS,
        "tools.json",
        "Functions that routes and tools share.",
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
        title="Ships",
        version=__version__,
        instructions=instructions,
    )
