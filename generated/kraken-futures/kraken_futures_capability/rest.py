"""The REST adapters of Kraken Futures: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .patterns import check_pattern
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def get_ticker(request: web.Request, context: Context) -> Reply:
    """GET /markets/{symbol}: Prices, volume and funding of a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    symbol = check.text_string(
        faults,
        request.match_info.get("symbol"),
        "/path/symbol",
        required=True,
    )
    check_pattern(faults, symbol, "/path/symbol", "^[A-Za-z0-9_.]{4,40}$")
    faults.raise_any()
    return await operations.get_ticker(context.futures, symbol=given(symbol))


async def get_book(request: web.Request, context: Context) -> Reply:
    """GET /markets/{symbol}/book: The order book of a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    symbol = check.text_string(
        faults,
        request.match_info.get("symbol"),
        "/path/symbol",
        required=True,
    )
    check_pattern(faults, symbol, "/path/symbol", "^[A-Za-z0-9_.]{4,40}$")
    faults.raise_any()
    return await operations.get_book(context.futures, symbol=given(symbol))


async def get_accounts(request: web.Request, context: Context) -> Reply:
    """GET /accounts: Balances and margins of all wallets"""
    return await operations.get_accounts(context.futures)


async def list_positions(request: web.Request, context: Context) -> Reply:
    """GET /positions: Open positions"""
    return await operations.list_positions(context.futures)


async def list_fills(request: web.Request, context: Context) -> Reply:
    """GET /fills: Executions of orders, the latest first"""
    faults = Faults(context.settings.allow_unknown_fields)
    last_fill_time = check.text_string(
        faults,
        request.query.get("lastFillTime"),
        "/query/lastFillTime",
    )
    faults.raise_any()
    return await operations.list_fills(context.futures, last_fill_time=last_fill_time)


async def send_order(request: web.Request, context: Context) -> Reply:
    """POST /orders: Send a limit order"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("symbol", "side", "size", "limitPrice", "cliOrdId"),
    )
    symbol = arguments_.string(faults, arguments, "symbol")
    check_pattern(faults, symbol, "/symbol", "^[A-Za-z0-9_.]{4,40}$")
    side = arguments_.string(faults, arguments, "side")
    check_pattern(faults, side, "/side", "^(buy|sell)$")
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


async def cancel_order(request: web.Request, context: Context) -> Reply:
    """DELETE /orders/{order_id}: Cancel an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    order_id = check.text_string(
        faults,
        request.match_info.get("order_id"),
        "/path/order_id",
    )
    faults.raise_any()
    return await operations.cancel_order(context.futures, order_id=order_id)


DERIVATIVES: tuple[Route[Context], ...] = (
    Route("GET", "/markets/{symbol}", "getTicker", get_ticker),
    Route("GET", "/markets/{symbol}/book", "getBook", get_book),
    Route("GET", "/accounts", "getAccounts", get_accounts),
    Route("GET", "/positions", "listPositions", list_positions),
    Route("GET", "/fills", "listFills", list_fills),
    Route("POST", "/orders", "sendOrder", send_order),
    Route("DELETE", "/orders/{order_id}", "cancelOrder", cancel_order),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "derivatives": (DERIVATIVES, "openapi.json"),
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
