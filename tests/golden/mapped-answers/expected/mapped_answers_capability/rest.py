"""The REST adapters of Orders: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, mappings, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .reply import Reply
from .rest_support import Route, build_app


async def get_order(request: web.Request, context: Context) -> Reply:
    """GET /orders/{id}: One order"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_order(context.shop, id_=given(id_))
    return mapped(reply, mappings.get_order)


async def list_orders(request: web.Request, context: Context) -> Reply:
    """GET /orders: All orders"""
    reply = await operations.list_orders(context.shop)
    return mapped(reply, mappings.list_orders)


async def raw_orders(request: web.Request, context: Context) -> Reply:
    """GET /orders-raw: All orders"""
    return await operations.list_orders(context.shop)


SHOP_REST: tuple[Route[Context], ...] = (
    Route("GET", "/orders/{id}", "getOrder", get_order),
    Route("GET", "/orders", "listOrders", list_orders),
    Route("GET", "/orders-raw", "rawOrders", raw_orders),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "shop-rest": (SHOP_REST, "openapi.json"),
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
