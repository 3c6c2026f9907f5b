"""The operations of Quay as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_ship(arguments: JsonObject, context: Context) -> Reply:
    """get-ship: One ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("ship",))
    ship = arguments_.string(faults, arguments, "ship", required=True)
    faults.raise_any()
    return await operations.get_ship(context.fleet, ship=given(ship))


async def list_cranes(arguments: JsonObject, context: Context) -> Reply:
    """list-cranes: All cranes"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_cranes(context.cranes)


async def next_tide(arguments: JsonObject, context: Context) -> Reply:
    """next-tide: The next tide"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.next_tide(context.tides)


COMMANDS: dict[str, Command[Context]] = {
    "get-ship": get_ship,
    "list-cranes": list_cranes,
    "next-tide": next_tide,
}
