"""The MCP adapters of Tickets: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, commands, inputs, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def create_ticket(arguments: JsonObject, context: Context) -> Reply:
    """Tool create-ticket: Create a ticket"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("ticket",))
    body = inputs.create_ticket(arguments.get("ticket"), faults, "/ticket")
    faults.raise_any()
    return await operations.create_ticket(context.tickets, body=body)


TICKETS_MCP: dict[str, Command[Context]] = {
    "create-ticket": create_ticket,
    "search-tickets": commands.search_tickets,
    "update-ticket": commands.update_ticket,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "tickets-mcp": (
        TICKETS_MCP,
        "tools.json",
        "Bodies with schemas, samples and in-band errors, which a sidecar overlay adds.",
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
        title="Tickets",
        version=__version__,
        instructions=instructions,
    )
