"""The MCP adapters of Harbour watch: tools and servers."""

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
from .wire import concat, concat_given


async def list_positions(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-positions: list-positions"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("imo", "kind", "from", "vessel", "hours"),
    )
    imo = arguments_.integer(faults, arguments, "imo", required=True)
    kind = arguments_.string(faults, arguments, "kind", required=True)
    from_ = arguments_.string(faults, arguments, "from")
    vessel = arguments_.string(faults, arguments, "vessel", required=True)
    hours = arguments_.integer(faults, arguments, "hours")
    faults.raise_any()
    return await operations.list_positions(
        context.ships,
        settings=context.settings,
        imo=given(imo),
        unit="kt",
        tag=concat("v-", vessel),
        note=concat_given(
            "last ",
            hours,
            " h, for ",
            context.settings.harbour_agent.reveal(),
        ),
        kind=given(kind),
        from_=from_,
    )


TOOLS: dict[str, Command[Context]] = {"list-positions": list_positions}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "tools": (TOOLS, "tools.json", "Templates in parameter values and in `with`."),
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
        title="Harbour watch",
        version=__version__,
        instructions=instructions,
    )
