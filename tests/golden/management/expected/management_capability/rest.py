"""The REST adapters of Depot: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, flows, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app
from .telemetry import observed_routes


async def get_parcel(request: web.Request, context: Context) -> Reply:
    """GET /parcels/{number}: get-parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        request.match_info.get("number"),
        "/path/number",
        required=True,
    )
    faults.raise_any()
    return await operations.get_parcel(context.depot, number=given(number))


async def get_door(request: web.Request, context: Context) -> Reply:
    """GET /door: get-door"""
    return await operations.get_door(context.depot, settings=context.settings)


async def next_parcel(request: web.Request, context: Context) -> Reply:
    """GET /parcels/{number}/next: next-parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        request.match_info.get("number"),
        "/path/number",
        required=True,
    )
    faults.raise_any()
    return await flows.next_parcel(context, number=given(number))


async def last_parcel(request: web.Request, context: Context) -> Reply:
    """GET /parcels/{number}/last: The last parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        request.match_info.get("number"),
        "/path/number",
        required=True,
    )
    faults.raise_any()
    return await flows.last(context, number=given(number))


DEPOT_API: tuple[Route[Context], ...] = (
    Route("GET", "/parcels/{number}", "get-parcel", get_parcel),
    Route("GET", "/door", "get-door", get_door),
    Route("GET", "/parcels/{number}/next", "next-parcel", next_parcel),
    Route("GET", "/parcels/{number}/last", "last-parcel", last_parcel),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "depot-api": (DEPOT_API, "openapi.json"),
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
        observed_routes(routes),
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
