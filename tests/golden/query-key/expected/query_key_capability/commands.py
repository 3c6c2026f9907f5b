"""The operations of Maps as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def search(arguments: JsonObject, context: Context) -> Reply:
    """search: search"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("q",))
    q = arguments_.string(faults, arguments, "q")
    faults.raise_any()
    return await operations.search(context.maps, q=q)


COMMANDS: dict[str, Command[Context]] = {"search": search}
