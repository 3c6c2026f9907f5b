"""The operations of Prices and orders as commands."""

from __future__ import annotations

from . import check, inputs, operations
from .arguments import whole_body
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_open_orders(arguments: JsonObject, context: Context) -> Reply:
    """get-open-orders: Open orders"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_open_orders(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_open_orders(context.kraken, body=body)


async def get_headlines(arguments: JsonObject, context: Context) -> Reply:
    """get-headlines: getHeadlines"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_headlines(context.news)


async def get_time(arguments: JsonObject, context: Context) -> Reply:
    """get-time: getTime"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_time(context.clock)


COMMANDS: dict[str, Command[Context]] = {
    "get-open-orders": whole_body(get_open_orders),
    "get-headlines": get_headlines,
    "get-time": get_time,
}
