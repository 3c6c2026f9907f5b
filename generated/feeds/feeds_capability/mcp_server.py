"""The MCP adapters of News feeds: tools and servers."""

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


async def list_headlines(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-headlines: The feed of a section"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("section",))
    section = arguments_.string(faults, arguments, "section", required=True)
    faults.raise_any()
    reply = await operations.get_feed(context.site, section=given(section))
    return mapped(reply, mappings.list_headlines)


FEEDS_TOOLS: dict[str, Command[Context]] = {"list-headlines": list_headlines}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "feeds-tools": (
        FEEDS_TOOLS,
        "tools.json",
        "Headlines of a news site, whose feeds are RSS.",
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
        title="News feeds",
        version=__version__,
        instructions=instructions,
    )
