"""The MCP adapters of Market data: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, mappings, operations
from . import arguments as arguments_
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def list_banks(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-banks: list-banks"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("raw",))
    raw_ = arguments_.string(faults, arguments, "raw")
    faults.raise_any()
    reply = await operations.list_banks(context.bank, raw_=raw_)
    return mapped(reply, mappings.list_banks)


async def list_fees(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-fees: list-fees"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    reply = await operations.list_fees(context.bank)
    return mapped(reply, mappings.list_fees)


async def pass_news(arguments: JsonObject, context: Context) -> Reply:
    """Tool pass-news: list-news"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_news(context.bank, raw=True)


MARKET_TOOLS: dict[str, Command[Context]] = {
    "list-banks": list_banks,
    "list-fees": list_fees,
    "pass-news": pass_news,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "market-tools": (
        MARKET_TOOLS,
        "tools.json",
        "Answers in CSV, TSV, PSV and XML, as JSON or as they come.",
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
        title="Market data",
        version=__version__,
        instructions=instructions,
    )
