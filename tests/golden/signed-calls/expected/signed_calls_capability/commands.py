"""The operations of Spot account as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_account(arguments: JsonObject, context: Context) -> Reply:
    """get-account: getAccount"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("omitZeroBalances",))
    omit_zero_balances = arguments_.string(faults, arguments, "omitZeroBalances")
    faults.raise_any()
    return await operations.get_account(
        context.binance,
        omit_zero_balances=omit_zero_balances,
    )


async def place_order(arguments: JsonObject, context: Context) -> Reply:
    """place-order: placeOrder"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("symbol", "side", "quantity"),
    )
    symbol = arguments_.string(faults, arguments, "symbol")
    side = arguments_.string(faults, arguments, "side")
    quantity = arguments_.string(faults, arguments, "quantity")
    faults.raise_any()
    return await operations.place_order(
        context.binance,
        symbol=symbol,
        side=side,
        quantity=quantity,
    )


COMMANDS: dict[str, Command[Context]] = {
    "get-account": get_account,
    "place-order": place_order,
}
