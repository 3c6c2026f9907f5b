"""The operations of Kraken Spot REST API — Account Data as commands."""

from __future__ import annotations

from . import check, inputs, operations
from .arguments import whole_body
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_account_balance(arguments: JsonObject, context: Context) -> Reply:
    """get-account-balance: Kraken Get Account Balance"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_account_balance(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_account_balance(
        context.spot_rest_account_data,
        body=body,
    )


async def get_extended_balance(arguments: JsonObject, context: Context) -> Reply:
    """get-extended-balance: Kraken Get Extended Balance"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_extended_balance(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_extended_balance(
        context.spot_rest_account_data,
        body=body,
    )


async def get_trade_balance(arguments: JsonObject, context: Context) -> Reply:
    """get-trade-balance: Kraken Get Trade Balance"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_trade_balance(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_trade_balance(context.spot_rest_account_data, body=body)


async def get_open_orders(arguments: JsonObject, context: Context) -> Reply:
    """get-open-orders: Kraken Get Open Orders"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_open_orders(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_open_orders(context.spot_rest_account_data, body=body)


async def get_closed_orders(arguments: JsonObject, context: Context) -> Reply:
    """get-closed-orders: Kraken Get Closed Orders"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_closed_orders(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_closed_orders(context.spot_rest_account_data, body=body)


async def query_orders_info(arguments: JsonObject, context: Context) -> Reply:
    """query-orders-info: Kraken Query Orders Info"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.query_orders_info(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.query_orders_info(context.spot_rest_account_data, body=body)


async def get_trades_history(arguments: JsonObject, context: Context) -> Reply:
    """get-trades-history: Kraken Get Trades History"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_trades_history(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_trades_history(
        context.spot_rest_account_data,
        body=body,
    )


async def query_trades_info(arguments: JsonObject, context: Context) -> Reply:
    """query-trades-info: Kraken Query Trades Info"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.query_trades_info(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.query_trades_info(context.spot_rest_account_data, body=body)


async def get_open_positions(arguments: JsonObject, context: Context) -> Reply:
    """get-open-positions: Kraken Get Open Positions"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_open_positions(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_open_positions(
        context.spot_rest_account_data,
        body=body,
    )


async def get_ledgers_info(arguments: JsonObject, context: Context) -> Reply:
    """get-ledgers-info: Kraken Get Ledgers Info"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_ledgers_info(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_ledgers_info(context.spot_rest_account_data, body=body)


async def query_ledgers(arguments: JsonObject, context: Context) -> Reply:
    """query-ledgers: Kraken Query Ledgers"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.query_ledgers(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.query_ledgers(context.spot_rest_account_data, body=body)


async def get_trade_volume(arguments: JsonObject, context: Context) -> Reply:
    """get-trade-volume: Kraken Get Trade Volume"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.get_trade_volume(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.get_trade_volume(context.spot_rest_account_data, body=body)


COMMANDS: dict[str, Command[Context]] = {
    "get-account-balance": whole_body(get_account_balance),
    "get-extended-balance": whole_body(get_extended_balance),
    "get-trade-balance": whole_body(get_trade_balance),
    "get-open-orders": whole_body(get_open_orders),
    "get-closed-orders": whole_body(get_closed_orders),
    "query-orders-info": whole_body(query_orders_info, required=True),
    "get-trades-history": whole_body(get_trades_history),
    "query-trades-info": whole_body(query_trades_info, required=True),
    "get-open-positions": whole_body(get_open_positions),
    "get-ledgers-info": whole_body(get_ledgers_info),
    "query-ledgers": whole_body(query_ledgers, required=True),
    "get-trade-volume": whole_body(get_trade_volume),
}
