"""The REST adapters of Quay: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app


async def get_ship(request: web.Request, context: Context) -> Reply:
    """GET /ships/{id}: One ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    ship = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    return await operations.get_ship(context.fleet, ship=given(ship))


async def list_cranes(request: web.Request, context: Context) -> Reply:
    """GET /cranes: All cranes"""
    return await operations.list_cranes(context.cranes)


async def next_tide(request: web.Request, context: Context) -> Reply:
    """GET /tides: The next tide"""
    return await operations.next_tide(context.tides)


QUAY: tuple[Route[Context], ...] = (
    Route("GET", "/ships/{id}", "getShip", get_ship),
    Route("GET", "/cranes", "listCranes", list_cranes),
    Route("GET", "/tides", "nextTide", next_tide),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "quay": (QUAY, "openapi.json"),
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
