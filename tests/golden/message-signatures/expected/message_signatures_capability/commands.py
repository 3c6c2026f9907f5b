"""The operations of Orders and receipts as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def add_order(arguments: JsonObject, context: Context) -> Reply:
    """add-order: addOrder"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("item",))
    item = arguments_.string(faults, arguments, "item")
    faults.raise_any()
    return await operations.add_order(context.orders, item=item)


async def get_receipt(arguments: JsonObject, context: Context) -> Reply:
    """get-receipt: getReceipt"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_receipt(context.receipts, id_=given(id_))


COMMANDS: dict[str, Command[Context]] = {
    "add-order": add_order,
    "get-receipt": get_receipt,
}
