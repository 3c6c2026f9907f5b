"""The REST adapters of Kraken Spot REST API — Account Data: one handler for each
route.
"""

from __future__ import annotations

from aiohttp import web

from . import inputs, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def get_account_balance(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/balance: Kraken Get Account Balance"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_account_balance(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_account_balance(
        context.spot_rest_account_data,
        body=body,
    )


async def get_extended_balance(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/balanceex: Kraken Get Extended Balance"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_extended_balance(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_extended_balance(
        context.spot_rest_account_data,
        body=body,
    )


async def get_trade_balance(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/tradebalance: Kraken Get Trade Balance"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_trade_balance(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_trade_balance(context.spot_rest_account_data, body=body)


async def get_open_orders(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/openorders: Kraken Get Open Orders"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_open_orders(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_open_orders(context.spot_rest_account_data, body=body)


async def get_closed_orders(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/closedorders: Kraken Get Closed Orders"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_closed_orders(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_closed_orders(context.spot_rest_account_data, body=body)


async def query_orders_info(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/queryorders: Kraken Query Orders Info"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.query_orders_info(await json_body(request), faults)
    faults.raise_any()
    return await operations.query_orders_info(context.spot_rest_account_data, body=body)


async def get_trades_history(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/tradeshistory: Kraken Get Trades History"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_trades_history(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_trades_history(
        context.spot_rest_account_data,
        body=body,
    )


async def query_trades_info(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/querytrades: Kraken Query Trades Info"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.query_trades_info(await json_body(request), faults)
    faults.raise_any()
    return await operations.query_trades_info(context.spot_rest_account_data, body=body)


async def get_open_positions(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/openpositions: Kraken Get Open Positions"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_open_positions(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_open_positions(
        context.spot_rest_account_data,
        body=body,
    )


async def get_ledgers_info(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/ledgers: Kraken Get Ledgers Info"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_ledgers_info(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_ledgers_info(context.spot_rest_account_data, body=body)


async def query_ledgers(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/queryledgers: Kraken Query Ledgers"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.query_ledgers(await json_body(request), faults)
    faults.raise_any()
    return await operations.query_ledgers(context.spot_rest_account_data, body=body)


async def get_trade_volume(request: web.Request, context: Context) -> Reply:
    """POST /v1/0/private/tradevolume: Kraken Get Trade Volume"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_trade_volume(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_trade_volume(context.spot_rest_account_data, body=body)


SPOT_REST_ACCOUNT_DATA_REST: tuple[Route[Context], ...] = (
    Route(
        "POST",
        "/v1/0/private/balance",
        "getAccountBalance",
        get_account_balance,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/balanceex",
        "getExtendedBalance",
        get_extended_balance,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/tradebalance",
        "getTradeBalance",
        get_trade_balance,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/openorders",
        "getOpenOrders",
        get_open_orders,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/closedorders",
        "getClosedOrders",
        get_closed_orders,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/queryorders",
        "queryOrdersInfo",
        query_orders_info,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/tradeshistory",
        "getTradesHistory",
        get_trades_history,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/querytrades",
        "queryTradesInfo",
        query_trades_info,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/openpositions",
        "getOpenPositions",
        get_open_positions,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/ledgers",
        "getLedgersInfo",
        get_ledgers_info,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/queryledgers",
        "queryLedgers",
        query_ledgers,
        reads=True,
    ),
    Route(
        "POST",
        "/v1/0/private/tradevolume",
        "getTradeVolume",
        get_trade_volume,
        reads=True,
    ),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "spot-rest-account-data-rest": (SPOT_REST_ACCOUNT_DATA_REST, "openapi.json"),
}


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the adapter `namespace`; KeyError for an unknown one."""
    routes, contract = ADAPTERS[namespace]
    document = read_contract(contract)
    if context.settings.safeguards.read_only:
        from .rest_choice import reading

        routes, document = reading(routes, document)
    app = build_app(
        routes,
        context,
        contract=document,
        body_limit=context.settings.body_limit,
        access_log=access_log,
        obstacle=context.obstacle,
    )
    if context.settings.docs:
        from .docs import add_docs

        add_docs(app)
    return app
