"""The operations of Market data as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_rates(arguments: JsonObject, context: Context) -> Reply:
    """list-rates: Rates"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_rates(context.bank)


async def list_banks(arguments: JsonObject, context: Context) -> Reply:
    """list-banks: list-banks"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("raw",))
    raw_ = arguments_.string(faults, arguments, "raw")
    faults.raise_any()
    return await operations.list_banks(context.bank, raw_=raw_)


async def list_fees(arguments: JsonObject, context: Context) -> Reply:
    """list-fees: list-fees"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_fees(context.bank)


async def list_news(arguments: JsonObject, context: Context) -> Reply:
    """list-news: list-news"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_news(context.bank)


COMMANDS: dict[str, Command[Context]] = {
    "list-rates": list_rates,
    "list-banks": list_banks,
    "list-fees": list_fees,
    "list-news": list_news,
}
