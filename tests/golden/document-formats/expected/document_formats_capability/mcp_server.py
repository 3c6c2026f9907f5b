"""The MCP adapters of Documents: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, mappings, operations
from . import arguments as arguments_
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def list_releases(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-releases: get-notes"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    reply = await operations.get_notes(context.shop)
    return mapped(reply, mappings.list_releases)


async def get_order(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-order: get-order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    reply = await operations.get_order(context.shop, id_=given(id_))
    return mapped(reply, mappings.document_tools_get_order)


async def pass_order(arguments: JsonObject, context: Context) -> Reply:
    """Tool pass-order: get-order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_order(context.shop, id_=given(id_), raw=True)


DOCUMENT_TOOLS: dict[str, Command[Context]] = {
    "list-releases": list_releases,
    "get-order": get_order,
    "pass-order": pass_order,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "document-tools": (
        DOCUMENT_TOOLS,
        "tools.json",
        "Answers in YAML, HTML, Markdown, Avro and Protobuf, as JSON.",
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
        title="Documents",
        version=__version__,
        instructions=instructions,
    )
