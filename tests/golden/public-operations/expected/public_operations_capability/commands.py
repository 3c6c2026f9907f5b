"""The operations of Clock and balance as commands."""

from __future__ import annotations

from . import check, inputs, operations
from .arguments import whole_body
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_time(arguments: JsonObject, context: Context) -> Reply:
    """get-time: The time of the server"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_time(context.kraken)


async def get_balance(arguments: JsonObject, context: Context) -> Reply:
    """get-balance: The balance of the account"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_balance(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_balance(context.kraken, body=body)


COMMANDS: dict[str, Command[Context]] = {
    "get-time": get_time,
    "get-balance": whole_body(get_balance),
}
