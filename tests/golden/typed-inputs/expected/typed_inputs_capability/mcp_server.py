"""The MCP adapters of Search: tools and servers."""

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
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def search(arguments: JsonObject, context: Context) -> Reply:
    """Tool search: Search a shelf"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("shelf", "exact", "session", "weight", "words", "filter"),
    )
    shelf = arguments_.string(faults, arguments, "shelf", required=True)
    exact = arguments_.boolean(faults, arguments, "exact")
    session = arguments_.string(faults, arguments, "session")
    weight = arguments_.number(faults, arguments, "weight")
    words = arguments_.array(faults, arguments, "words", required=True)
    filter_ = arguments_.object_(faults, arguments, "filter")
    faults.raise_any()
    return await operations.search(
        context.search,
        shelf=given(shelf),
        exact=exact,
        session=session,
        weight=weight,
        words=words,
        filter_=filter_,
    )


SEARCH_TOOLS: dict[str, Command[Context]] = {"search": search}

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
