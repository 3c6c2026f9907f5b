"""The operations of Harbour as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_ships(arguments: JsonObject, context: Context) -> Reply:
    """list-ships: All ships in the harbour"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_ships(context.harbour)


async def free_berth(arguments: JsonObject, context: Context) -> Reply:
    """free-berth: Free a berth"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("berth",))
    berth = arguments_.string(faults, arguments, "berth", required=True)
    faults.raise_any()
    return await operations.free_berth(context.harbour, berth=given(berth))


COMMANDS: dict[str, Command[Context]] = {
    "list-ships": list_ships,
    "free-berth": free_berth,
}
