"""The MCP adapters of Scans: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, operations
from . import arguments as arguments_
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_resources import add_resources_of
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def get_scan(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-scan: get-scan"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_scan(context.scanner, id_=given(id_), max_size=128)


async def get_film(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-film: get-film"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_film(context.scanner, id_=given(id_))


SCAN_TOOLS: dict[str, Command[Context]] = {"get-scan": get_scan, "get-film": get_film}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "scan-tools": (
        SCAN_TOOLS,
        "tools.json",
        "Answers in bytes, passed on up to a size.",
    ),
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
        title="Scans",
        version=__version__,
        instructions=instructions,
    )
    add_resources_of(namespace, server, context)
    return server
