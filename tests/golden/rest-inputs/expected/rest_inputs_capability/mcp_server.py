"""The MCP adapters of Weather: tools and servers."""

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


async def get_forecast(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-forecast: The forecast of a station"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("station", "metric", "account"),
    )
    station = arguments_.integer(faults, arguments, "station", required=True)
    metric = arguments_.boolean(faults, arguments, "metric")
    x_account = arguments_.string(faults, arguments, "account", required=True)
    faults.raise_any()
    return await operations.get_forecast(
        context.weather,
        station=given(station),
        days=7,
        metric=metric,
        scale=1.5,
        lang="en",
        x_account=given(x_account),
    )


WEATHER_MCP: dict[str, Command[Context]] = {"get-forecast": get_forecast}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "weather-mcp": (
        WEATHER_MCP,
        "tools.json",
        "Inputs of routes declared on resources and on operations, in headers and queries; constants in `with`.",
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
        title="Weather",
        version=__version__,
        instructions=instructions,
    )
