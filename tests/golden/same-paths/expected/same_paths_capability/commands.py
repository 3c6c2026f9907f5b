"""The operations of Two shops as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def north_list_items(arguments: JsonObject, context: Context) -> Reply:
    """north-list-items: listItems"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.north_list_items(context.north)


async def add_item(arguments: JsonObject, context: Context) -> Reply:
    """add-item: addItem"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("name",))
    name = arguments_.anything(faults, arguments, "name")
    faults.raise_any()
    return await operations.add_item(
        context.north,
        settings=context.settings,
        name=name,
    )


async def south_list_items(arguments: JsonObject, context: Context) -> Reply:
    """south-list-items: listItems"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.south_list_items(context.south)


async def east_list_items(arguments: JsonObject, context: Context) -> Reply:
    """east-list-items: listItems"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.east_list_items(context.east)


async def compare(arguments: JsonObject, context: Context) -> Reply:
    """compare: What all of them have"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.compare(context)


COMMANDS: dict[str, Command[Context]] = {
    "north-list-items": north_list_items,
    "add-item": add_item,
    "south-list-items": south_list_items,
    "east-list-items": east_list_items,
    "compare": compare,
}
