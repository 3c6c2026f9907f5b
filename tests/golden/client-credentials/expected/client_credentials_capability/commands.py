"""The operations of Fleet as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_ships(arguments: JsonObject, context: Context) -> Reply:
    """list-ships: listShips"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_ships(context.fleet)


async def add_ship(arguments: JsonObject, context: Context) -> Reply:
    """add-ship: addShip"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("name",))
    name = arguments_.anything(faults, arguments, "name")
    faults.raise_any()
    return await operations.add_ship(context.fleet, name=name)


async def list_people(arguments: JsonObject, context: Context) -> Reply:
    """list-people: listPeople"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_people(context.crew)


COMMANDS: dict[str, Command[Context]] = {
    "list-ships": list_ships,
    "add-ship": add_ship,
    "list-people": list_people,
}
