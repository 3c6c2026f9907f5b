"""The operations of Exchange rates as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_rates(arguments: JsonObject, context: Context) -> Reply:
    """get-rates: The rates of one day"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("date",))
    date = arguments_.string(faults, arguments, "date", required=True)
    faults.raise_any()
    return await operations.get_rates(context.bank, date=given(date))


COMMANDS: dict[str, Command[Context]] = {"get-rates": get_rates}
