"""The REST adapters of Binance Spot: one handler for each route."""

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


async def get_price(request: web.Request, context: Context) -> Reply:
    """GET /prices/{symbol}: The last price of a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    symbol = check.text_string(
        faults,
        request.match_info.get("symbol"),
        "/path/symbol",
        required=True,
    )
    check_pattern(faults, symbol, "/path/symbol", "^[A-Z0-9]{4,20}$")
    faults.raise_any()
    return await operations.get_price(context.binance, symbol=given(symbol))


async def get_depth(request: web.Request, context: Context) -> Reply:
    """GET /depth/{symbol}: The order book of a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    symbol = check.text_string(
        faults,
        request.match_info.get("symbol"),
        "/path/symbol",
        required=True,
    )
    check_pattern(faults, symbol, "/path/symbol", "^[A-Z0-9]{4,20}$")
    limit = check.text_integer(faults, request.query.get("limit"), "/query/limit")
    faults.raise_any()
    return await operations.get_depth(
        context.binance,
        symbol=given(symbol),
        limit=limit,
    )


async def get_account(request: web.Request, context: Context) -> Reply:
    """GET /account: Balances and fees of the account"""
    faults = Faults(context.settings.allow_unknown_fields)
    omit_zero_balances = check.text_boolean(
        faults,
        request.query.get("omitZeroBalances"),
        "/query/omitZeroBalances",
    )
    faults.raise_any()
    return await operations.get_account(
        context.binance,
        omit_zero_balances=omit_zero_balances,
    )


async def list_trades(request: web.Request, context: Context) -> Reply:
    """GET /trades: Trades of the account in a market"""
    faults = Faults(context.settings.allow_unknown_fields)
    symbol = check.text_string(
        faults,
        request.query.get("symbol"),
        "/query/symbol",
        required=True,
    )
    check_pattern(faults, symbol, "/query/symbol", "^[A-Z0-9]{4,20}$")
    order_id = check.text_integer(
        faults,
        request.query.get("orderId"),
        "/query/orderId",
    )
    limit = check.text_integer(faults, request.query.get("limit"), "/query/limit")
    faults.raise_any()
    return await operations.list_trades(
        context.binance,
        symbol=given(symbol),
        order_id=order_id,
        limit=limit,
    )


async def list_open_orders(request: web.Request, context: Context) -> Reply:
    """GET /orders: Orders that are still open"""
    faults = Faults(context.settings.allow_unknown_fields)
    symbol = check.text_string(faults, request.query.get("symbol"), "/query/symbol")
    faults.raise_any()
    return await operations.list_open_orders(context.binance, symbol=symbol)


async def place_order(request: web.Request, context: Context) -> Reply:
    """POST /orders: Place a limit order"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("symbol", "side", "quantity", "price", "clientOrderId"),
    )
    symbol = arguments_.string(faults, arguments, "symbol")
    check_pattern(faults, symbol, "/symbol", "^[A-Z0-9]{4,20}$")
    side = arguments_.string(faults, arguments, "side")
    check_pattern(faults, side, "/side", "^(BUY|SELL)$")
    quantity = arguments_.string(faults, arguments, "quantity")
    check_pattern(faults, quantity, "/quantity", "^[0-9]+([.][0-9]+)?$")
    price = arguments_.string(faults, arguments, "price")
    check_pattern(faults, price, "/price", "^[0-9]+([.][0-9]+)?$")
    client_order_id = arguments_.string(faults, arguments, "clientOrderId")
    check_pattern(faults, client_order_id, "/clientOrderId", "^[.A-Z:/a-z0-9_-]{1,36}$")
    faults.raise_any()
    return await operations.place_order(
        context.binance,
        symbol=symbol,
        side=side,
        quantity=quantity,
        price=price,
        client_order_id=client_order_id,
    )


async def cancel_order(request: web.Request, context: Context) -> Reply:
    """DELETE /orders/{symbol}/{order_id}: Cancel an open order"""
    faults = Faults(context.settings.allow_unknown_fields)
    symbol = check.text_string(
        faults,
        request.match_info.get("symbol"),
        "/path/symbol",
        required=True,
    )
    check_pattern(faults, symbol, "/path/symbol", "^[A-Z0-9]{4,20}$")
    order_id = check.text_integer(
        faults,
        request.match_info.get("order_id"),
        "/path/order_id",
        required=True,
    )
    faults.raise_any()
    return await operations.cancel_order(
        context.binance,
        symbol=given(symbol),
        order_id=given(order_id),
    )


SPOT: tuple[Route[Context], ...] = (
    Route("GET", "/prices/{symbol}", "getPrice", get_price),
    Route("GET", "/depth/{symbol}", "getDepth", get_depth),
    Route("GET", "/account", "getAccount", get_account),
    Route("GET", "/trades", "listTrades", list_trades),
    Route("GET", "/orders", "listOpenOrders", list_open_orders),
    Route("POST", "/orders", "placeOrder", place_order),
    Route("DELETE", "/orders/{symbol}/{order_id}", "cancelOrder", cancel_order),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "spot": (SPOT, "openapi.json"),
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
