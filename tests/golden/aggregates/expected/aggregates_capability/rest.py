"""The REST adapters of Ships: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, flows, mappings
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .reply import Reply
from .rest_support import Route, build_app


async def get_ship(request: web.Request, context: Context) -> Reply:
    """GET /ships/{imo}: The name of a ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    faults.raise_any()
    return await flows.fleet_get_ship(context, number=given(number))


async def scrap_ship(request: web.Request, context: Context) -> Reply:
    """DELETE /ships/{imo}: Take a ship off the registry"""
    faults = Faults(context.settings.allow_unknown_fields)
    imo = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    faults.raise_any()
    return await flows.scrap_ship(context, imo=given(imo))


async def raw_name(request: web.Request, context: Context) -> Reply:
    """GET /raw/{imo}: The name alone"""
    faults = Faults(context.settings.allow_unknown_fields)
    imo = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    faults.raise_any()
    reply = await flows.raw_ship(context, imo=given(imo))
    return mapped(reply, mappings.raw_name)


async def ship_with_crew(request: web.Request, context: Context) -> Reply:
    """GET /crews/{imo}: A ship and its crew"""
    faults = Faults(context.settings.allow_unknown_fields)
    imo = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    faults.raise_any()
    return await flows.ship_with_crew(context, imo=given(imo))


async def about(request: web.Request, context: Context) -> Reply:
    """GET /about: What the registry is"""
    faults = Faults(context.settings.allow_unknown_fields)
    who = check.text_string(faults, request.query.get("who"), "/query/who")
    faults.raise_any()
    return await flows.about(context, who=who)


FLEET_REST: tuple[Route[Context], ...] = (
    Route("GET", "/ships/{imo}", "get-ship", get_ship),
    Route("DELETE", "/ships/{imo}", "scrap-ship", scrap_ship),
    Route("GET", "/raw/{imo}", "raw-name", raw_name),
    Route("GET", "/crews/{imo}", "ship-with-crew", ship_with_crew),
    Route("GET", "/about", "about", about),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "fleet-rest": (FLEET_REST, "openapi.json"),
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
