"""The operations of Archive as commands."""

from __future__ import annotations

from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_boxes(arguments: JsonObject, context: Context) -> Reply:
    """list-boxes: listBoxes"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_boxes(context.archive)


COMMANDS: dict[str, Command[Context]] = {"list-boxes": list_boxes}
