"""The operations of Trading desk as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_account(arguments: JsonObject, context: Context) -> Reply:
    """get-account: What the account holds"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("omitZeroBalances",))
    omit_zero_balances = arguments_.string(faults, arguments, "omitZeroBalances")
    faults.raise_any()
    return await operations.get_account(
        context.binance,
        omit_zero_balances=omit_zero_balances,
    )


async def add_headline(arguments: JsonObject, context: Context) -> Reply:
    """add-headline: Add a headline"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.string(faults, arguments, "title")
    faults.raise_any()
    return await operations.add_headline(
        context.news,
        settings=context.settings,
        title=title,
    )


COMMANDS: dict[str, Command[Context]] = {
    "get-account": get_account,
    "add-headline": add_headline,
}
