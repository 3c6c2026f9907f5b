"""The operations of Kraken Futures as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_ticker(arguments: JsonObject, context: Context) -> Reply:
    """get-ticker: Prices, volume and funding of a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("symbol",))
    symbol = arguments_.string(faults, arguments, "symbol", required=True)
    faults.raise_any()
    return await operations.get_ticker(context.futures, symbol=given(symbol))


async def get_book(arguments: JsonObject, context: Context) -> Reply:
    """get-book: The order book of a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("symbol",))
    symbol = arguments_.string(faults, arguments, "symbol", required=True)
    faults.raise_any()
    return await operations.get_book(context.futures, symbol=given(symbol))


async def get_accounts(arguments: JsonObject, context: Context) -> Reply:
    """get-accounts: Balances and margins of all wallets"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_accounts(context.futures)


async def list_positions(arguments: JsonObject, context: Context) -> Reply:
    """list-positions: Open positions"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_positions(context.futures)


async def list_fills(arguments: JsonObject, context: Context) -> Reply:
    """list-fills: Executions of orders, the latest first"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("lastFillTime",))
    last_fill_time = arguments_.string(faults, arguments, "lastFillTime")
    faults.raise_any()
    return await operations.list_fills(context.futures, last_fill_time=last_fill_time)


async def send_order(arguments: JsonObject, context: Context) -> Reply:
    """send-order: Send a limit order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("symbol", "side", "size", "limitPrice", "cliOrdId"),
    )
    symbol = arguments_.string(faults, arguments, "symbol")
    side = arguments_.string(faults, arguments, "side")
    size = arguments_.number(faults, arguments, "size")
    limit_price = arguments_.number(faults, arguments, "limitPrice")
    cli_ord_id = arguments_.string(faults, arguments, "cliOrdId")
    faults.raise_any()
    return await operations.send_order(
        context.futures,
        symbol=symbol,
        side=side,
        size=size,
        limit_price=limit_price,
        cli_ord_id=cli_ord_id,
    )


async def cancel_order(arguments: JsonObject, context: Context) -> Reply:
    """cancel-order: Cancel an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("orderId",))
    order_id = arguments_.string(faults, arguments, "orderId")
    faults.raise_any()
    return await operations.cancel_order(context.futures, order_id=order_id)


COMMANDS: dict[str, Command[Context]] = {
    "get-ticker": get_ticker,
    "get-book": get_book,
    "get-accounts": get_accounts,
    "list-positions": list_positions,
    "list-fills": list_fills,
    "send-order": send_order,
    "cancel-order": cancel_order,
}
