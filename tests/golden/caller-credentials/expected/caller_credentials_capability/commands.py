"""The operations of Guarded harbour as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_ships(arguments: JsonObject, context: Context) -> Reply:
    """list-ships: All ships in the harbour"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("flag",))
    flag = arguments_.string(faults, arguments, "flag")
    faults.raise_any()
    return await operations.list_ships(context.harbour, flag=flag)


COMMANDS: dict[str, Command[Context]] = {"list-ships": list_ships}
