"""The operations of Orders as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def replace_order(arguments: JsonObject, context: Context) -> Reply:
    """replace-order: Replace an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id", "body"))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    body = inputs.replace_order(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.replace_order(context.orders, id_=given(id_), body=body)


COMMANDS: dict[str, Command[Context]] = {"replace-order": replace_order}
