"""The REST adapters of Spot account: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def get_account(request: web.Request, context: Context) -> Reply:
    """GET /account: getAccount"""
    faults = Faults(context.settings.allow_unknown_fields)
    omit_zero_balances = check.text_string(
        faults,
        request.query.get("omitZeroBalances"),
        "/query/omitZeroBalances",
    )
    faults.raise_any()
    return await operations.get_account(
        context.binance,
        omit_zero_balances=omit_zero_balances,
    )


async def place_order(request: web.Request, context: Context) -> Reply:
    """POST /orders: placeOrder"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
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


SPOT_REST: tuple[Route[Context], ...] = (
    Route("GET", "/account", "getAccount", get_account),
    Route("POST", "/orders", "placeOrder", place_order),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "spot-rest": (SPOT_REST, "openapi.json"),
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
