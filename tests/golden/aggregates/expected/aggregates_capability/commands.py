"""The operations of Ships as commands."""

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
    check.body_object(faults, arguments, "", required=True, known=("imo", "lang"))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    lang = arguments_.string(faults, arguments, "lang")
    faults.raise_any()
    return await operations.get_ship(context.registry, imo=given(imo), lang=lang)


async def drop_ship(arguments: JsonObject, context: Context) -> Reply:
    """drop-ship: dropShip"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await operations.drop_ship(context.registry, imo=given(imo))


async def list_crew(arguments: JsonObject, context: Context) -> Reply:
    """list-crew: listCrew"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("ship",))
    ship = arguments_.string(faults, arguments, "ship", required=True)
    faults.raise_any()
    return await operations.list_crew(context.registry, ship=given(ship))


async def fleet_get_ship(arguments: JsonObject, context: Context) -> Reply:
    """fleet-get-ship: The name of a ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("number",))
    number = arguments_.string(faults, arguments, "number", required=True)
    faults.raise_any()
    return await flows.fleet_get_ship(context, number=given(number))


async def scrap_ship(arguments: JsonObject, context: Context) -> Reply:
    """scrap-ship: Take a ship off the registry"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await flows.scrap_ship(context, imo=given(imo))


async def raw_ship(arguments: JsonObject, context: Context) -> Reply:
    """raw-ship: A ship as the registry has it"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await flows.raw_ship(context, imo=given(imo))


async def ship_with_crew(arguments: JsonObject, context: Context) -> Reply:
    """ship-with-crew: A ship and its crew"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await flows.ship_with_crew(context, imo=given(imo))


async def about(arguments: JsonObject, context: Context) -> Reply:
    """about: What the registry is"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("who",))
    who = arguments_.string(faults, arguments, "who")
    faults.raise_any()
    return await flows.about(context, who=who)


COMMANDS: dict[str, Command[Context]] = {
    "get-ship": get_ship,
    "drop-ship": drop_ship,
    "list-crew": list_crew,
    "fleet-get-ship": fleet_get_ship,
    "scrap-ship": scrap_ship,
    "raw-ship": raw_ship,
    "ship-with-crew": ship_with_crew,
    "about": about,
}
