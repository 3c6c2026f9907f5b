"""The operations of Orders as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_order(arguments: JsonObject, context: Context) -> Reply:
    """get-order: One order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_order(context.shop, id_=given(id_))


async def list_orders(arguments: JsonObject, context: Context) -> Reply:
    """list-orders: All orders"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_orders(context.shop)


COMMANDS: dict[str, Command[Context]] = {
    "get-order": get_order,
    "list-orders": list_orders,
}
