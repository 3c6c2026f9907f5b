"""The operations of Harbour office as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def next_tide(arguments: JsonObject, context: Context) -> Reply:
    """next-tide: The next high water"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.next_tide(context.water)


async def get_ship(arguments: JsonObject, context: Context) -> Reply:
    """get-ship: One ship by its number"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await operations.get_ship(context.registry, imo=given(imo))


COMMANDS: dict[str, Command[Context]] = {"next-tide": next_tide, "get-ship": get_ship}
