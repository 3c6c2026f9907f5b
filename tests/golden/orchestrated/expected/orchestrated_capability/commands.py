"""The operations of Fleet as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_ship(arguments: JsonObject, context: Context) -> Reply:
    """get-ship: One ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await operations.get_ship(context.registry, imo=given(imo))


async def list_crew(arguments: JsonObject, context: Context) -> Reply:
    """list-crew: The crew of a ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("ship", "limit"))
    ship = arguments_.string(faults, arguments, "ship")
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.list_crew(context.registry, ship=ship, limit=limit)


async def ship_overview(arguments: JsonObject, context: Context) -> Reply:
    """ship-overview: A ship and its crew"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo", "most"))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    most = arguments_.integer(faults, arguments, "most")
    faults.raise_any()
    return await flows.ship_overview(context, imo=given(imo), most=most)


async def ship_crew(arguments: JsonObject, context: Context) -> Reply:
    """ship-crew: The crew of a ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await flows.ship_crew(context, imo=given(imo))


COMMANDS: dict[str, Command[Context]] = {
    "get-ship": get_ship,
    "list-crew": list_crew,
    "ship-overview": ship_overview,
    "ship-crew": ship_crew,
}
