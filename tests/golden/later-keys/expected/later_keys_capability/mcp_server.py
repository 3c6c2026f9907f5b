"""The MCP adapters of Archive: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.caching import CacheHint
from mcp.server.lowlevel import Server

from . import arguments as arguments_
from . import check, commands, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_resources import add_resources_of
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def get_photo(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-photo: Get a photograph"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_photo(context.archive, id_=given(id_))


ARCHIVE_TOOLS: dict[str, Command[Context]] = {
    "get-photo": get_photo,
    "count": commands.count,
    "list-labels": commands.labelling_list_labels,
}

ARCHIVE_PRIVATE: dict[str, Command[Context]] = {"list-labels": commands.list_labels}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "archive-tools": (
        ARCHIVE_TOOLS,
        "tools.archive_tools.json",
        "Photographs and what is known of them.",
    ),
    "archive-private": (
        ARCHIVE_PRIVATE,
        "tools.archive_private.json",
        "Photographs and what is known of them.",
    ),
}

# What clients may keep of what an adapter tells (milliseconds, and for whom), by namespace.
CACHES: dict[str, CacheHint] = {
    "archive-tools": CacheHint(60000, "public"),
    "archive-private": CacheHint(0, "private"),
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
        title="Archive",
        version="2.1.0",
        instructions=instructions,
        cache=CACHES.get(namespace),
    )
    add_resources_of(namespace, server, context)
    return server
