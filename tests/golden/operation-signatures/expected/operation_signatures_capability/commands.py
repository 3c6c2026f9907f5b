"""The operations of Depot as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_part(arguments: JsonObject, context: Context) -> Reply:
    """get-part: getPart"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_part(context.depot, id_=given(id_))


async def order_part(arguments: JsonObject, context: Context) -> Reply:
    """order-part: orderPart"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id", "count"))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    count = arguments_.integer(faults, arguments, "count")
    faults.raise_any()
    return await operations.order_part(
        context.depot_hmac_body,
        id_=given(id_),
        count=count,
    )


async def move_stock(arguments: JsonObject, context: Context) -> Reply:
    """move-stock: moveStock"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("from", "to"))
    from_ = arguments_.string(faults, arguments, "from")
    to = arguments_.string(faults, arguments, "to")
    faults.raise_any()
    return await operations.move_stock(context.depot_hmac_body, from_=from_, to=to)


async def count_stock(arguments: JsonObject, context: Context) -> Reply:
    """count-stock: countStock"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.count_stock(context.depot_aws_sigv4)


COMMANDS: dict[str, Command[Context]] = {
    "get-part": get_part,
    "order-part": order_part,
    "move-stock": move_stock,
    "count-stock": count_stock,
}
