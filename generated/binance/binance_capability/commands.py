"""The operations of Binance Spot as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_price(arguments: JsonObject, context: Context) -> Reply:
    """get-price: The last price of a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("symbol",))
    symbol = arguments_.string(faults, arguments, "symbol", required=True)
    faults.raise_any()
    return await operations.get_price(context.binance, symbol=given(symbol))


async def get_depth(arguments: JsonObject, context: Context) -> Reply:
    """get-depth: The order book of a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("symbol", "limit"))
    symbol = arguments_.string(faults, arguments, "symbol", required=True)
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.get_depth(
        context.binance,
        symbol=given(symbol),
        limit=limit,
    )


async def get_account(arguments: JsonObject, context: Context) -> Reply:
    """get-account: Balances and fees of the account"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("omitZeroBalances",))
    omit_zero_balances = arguments_.boolean(faults, arguments, "omitZeroBalances")
    faults.raise_any()
    return await operations.get_account(
        context.binance,
        omit_zero_balances=omit_zero_balances,
    )


async def list_open_orders(arguments: JsonObject, context: Context) -> Reply:
    """list-open-orders: Orders that are still open"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("symbol",))
    symbol = arguments_.string(faults, arguments, "symbol")
    faults.raise_any()
    return await operations.list_open_orders(context.binance, symbol=symbol)


async def list_trades(arguments: JsonObject, context: Context) -> Reply:
    """list-trades: Trades of the account in a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("symbol", "orderId", "limit"),
    )
    symbol = arguments_.string(faults, arguments, "symbol", required=True)
    order_id = arguments_.integer(faults, arguments, "orderId")
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.list_trades(
        context.binance,
        symbol=given(symbol),
        order_id=order_id,
        limit=limit,
    )


async def place_order(arguments: JsonObject, context: Context) -> Reply:
    """place-order: Place a limit order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("symbol", "side", "quantity", "price", "clientOrderId"),
    )
    symbol = arguments_.string(faults, arguments, "symbol")
    side = arguments_.string(faults, arguments, "side")
    quantity = arguments_.string(faults, arguments, "quantity")
    price = arguments_.string(faults, arguments, "price")
    client_order_id = arguments_.string(faults, arguments, "clientOrderId")
    faults.raise_any()
    return await operations.place_order(
        context.binance,
        symbol=symbol,
        side=side,
        quantity=quantity,
        price=price,
        client_order_id=client_order_id,
    )


async def cancel_order(arguments: JsonObject, context: Context) -> Reply:
    """cancel-order: Cancel an open order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("symbol", "orderId"))
    symbol = arguments_.string(faults, arguments, "symbol", required=True)
    order_id = arguments_.integer(faults, arguments, "orderId", required=True)
    faults.raise_any()
    return await operations.cancel_order(
        context.binance,
        symbol=given(symbol),
        order_id=given(order_id),
    )


COMMANDS: dict[str, Command[Context]] = {
    "get-price": get_price,
    "get-depth": get_depth,
    "get-account": get_account,
    "list-open-orders": list_open_orders,
    "list-trades": list_trades,
    "place-order": place_order,
    "cancel-order": cancel_order,
}
