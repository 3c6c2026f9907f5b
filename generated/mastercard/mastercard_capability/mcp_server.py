"""The MCP adapters of Mastercard services: tools and servers."""

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


async def find_range(arguments: JsonObject, context: Context) -> Reply:
    """Tool find-range: The issuer of an account range"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("accountRange",))
    account_range = arguments_.string(faults, arguments, "accountRange", required=True)
    faults.raise_any()
    return await operations.find_range(context.mastercard, account_range=account_range)


async def add_inquiry(arguments: JsonObject, context: Context) -> Reply:
    """Tool add-inquiry: Ask whether a merchant was terminated"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("AcquirerId", "name", "street", "city", "country"),
    )
    acquirer_id = arguments_.string(faults, arguments, "AcquirerId", required=True)
    name = arguments_.string(faults, arguments, "name", required=True)
    street = arguments_.string(faults, arguments, "street", required=True)
    city = arguments_.string(faults, arguments, "city", required=True)
    country = arguments_.string(faults, arguments, "country", required=True)
    faults.raise_any()
    return await operations.add_inquiry(
        context.mastercard,
        acquirer_id=given(acquirer_id),
        name=name,
        street=street,
        city=city,
        country=country,
    )


CARDS_TOOLS: dict[str, Command[Context]] = {
    "list-ranges": commands.list_ranges,
    "find-range": find_range,
    "list-currencies": commands.list_currencies,
    "get-rate": commands.get_rate,
    "add-inquiry": add_inquiry,
    "get-inquiry": commands.get_inquiry,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "cards-tools": (CARDS_TOOLS, "tools.json", "Mastercard for agents."),
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
        title="Mastercard services",
        version=__version__,
        instructions=instructions,
    )
