"""The operations of Documents as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_settings(arguments: JsonObject, context: Context) -> Reply:
    """get-settings: get-settings"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_settings(context.shop)


async def list_prices(arguments: JsonObject, context: Context) -> Reply:
    """list-prices: list-prices"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_prices(context.shop)


async def get_notes(arguments: JsonObject, context: Context) -> Reply:
    """get-notes: get-notes"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_notes(context.shop)


async def get_order(arguments: JsonObject, context: Context) -> Reply:
    """get-order: get-order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_order(context.shop, id_=given(id_))


async def get_ship(arguments: JsonObject, context: Context) -> Reply:
    """get-ship: get-ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await operations.get_ship(context.shop, imo=given(imo))


COMMANDS: dict[str, Command[Context]] = {
    "get-settings": get_settings,
    "list-prices": list_prices,
    "get-notes": get_notes,
    "get-order": get_order,
    "get-ship": get_ship,
}
