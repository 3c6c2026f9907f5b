"""The operations of Quotes as commands."""

from __future__ import annotations

from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_quote(arguments: JsonObject, context: Context) -> Reply:
    """get-quote: getQuote"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_quote(context.quotes)


COMMANDS: dict[str, Command[Context]] = {"get-quote": get_quote}
