"""The MCP adapters of Parcels: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, commands, operations
from . import arguments as arguments_
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def get_parcel(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-parcel: One parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("depot", "number", "page-size", "fresh", "X-Trace"),
    )
    depot_id = arguments_.string(faults, arguments, "depot", required=True)
    number = arguments_.integer(faults, arguments, "number", required=True)
    page_size = arguments_.integer(faults, arguments, "page-size", required=True)
    fresh = arguments_.boolean(faults, arguments, "fresh")
    x_trace = arguments_.string(faults, arguments, "X-Trace")
    faults.raise_any()
    return await operations.get_parcel(
        context.parcels,
        depot_id=given(depot_id),
        number=given(number),
        page_size=given(page_size),
        fresh=fresh,
        x_trace=x_trace,
    )


PARCELS_MCP: dict[str, Command[Context]] = {
    "get-parcel": get_parcel,
    "delete-label": commands.delete_label,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "parcels-mcp": (
        PARCELS_MCP,
        "tools.json",
        "Path, query and header parameters, typed, renamed, constant and inferred.",
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
        title="Parcels",
        version=__version__,
        instructions=instructions,
    )
