"""The operations of Depot as commands."""

from __future__ import annotations

from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_parcels(arguments: JsonObject, context: Context) -> Reply:
    """list-parcels: All parcels"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_parcels(context.depot)


COMMANDS: dict[str, Command[Context]] = {"list-parcels": list_parcels}
