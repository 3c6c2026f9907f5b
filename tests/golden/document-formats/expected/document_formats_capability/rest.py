"""The REST adapters of Documents: one handler for each route."""

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


async def get_settings(request: web.Request, context: Context) -> Reply:
    """GET /settings: get-settings"""
    reply = await operations.get_settings(context.shop)
    return mapped(reply, mappings.get_settings)


async def list_prices(request: web.Request, context: Context) -> Reply:
    """GET /prices: list-prices"""
    reply = await operations.list_prices(context.shop)
    return mapped(reply, mappings.list_prices)


async def get_order(request: web.Request, context: Context) -> Reply:
    """GET /orders/{id}: get-order"""
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


async def get_ship(request: web.Request, context: Context) -> Reply:
    """GET /ships/{imo}: get-ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    imo = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_ship(context.shop, imo=given(imo))
    return mapped(reply, mappings.get_ship)


async def pass_ship(request: web.Request, context: Context) -> Reply:
    """GET /ships/{imo}/message: get-ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    imo = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    faults.raise_any()
    return await operations.get_ship(context.shop, imo=given(imo), raw=True)


DOCUMENTS: tuple[Route[Context], ...] = (
    Route("GET", "/settings", "get-settings", get_settings),
    Route("GET", "/prices", "list-prices", list_prices),
    Route("GET", "/orders/{id}", "get-order", get_order),
    Route("GET", "/ships/{imo}", "get-ship", get_ship),
    Route("GET", "/ships/{imo}/message", "pass-ship", pass_ship),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "documents": (DOCUMENTS, "openapi.json"),
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
