"""The operations of Tides as commands."""

from __future__ import annotations

from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_tides(arguments: JsonObject, context: Context) -> Reply:
    """list-tides: listTides"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_tides(context.tides)


COMMANDS: dict[str, Command[Context]] = {"list-tides": list_tides}
