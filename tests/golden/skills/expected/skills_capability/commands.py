"""The operations of Orders and their skills as commands."""

from __future__ import annotations

from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_orders(arguments: JsonObject, context: Context) -> Reply:
    """list-orders: list-orders"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_orders(context.shop)


COMMANDS: dict[str, Command[Context]] = {"list-orders": list_orders}
