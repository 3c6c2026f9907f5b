"""The REST adapters of Parcel: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, flows, mappings, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .reply import Reply
from .rest_support import Route, build_app


async def get_parcel(request: web.Request, context: Context) -> Reply:
    """GET /parcels/{number}: One parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        request.match_info.get("number"),
        "/path/number",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_parcel(context.parcels, number=given(number))
    return mapped(reply, mappings.get_parcel)


async def parcel_rules(request: web.Request, context: Context) -> Reply:
    """GET /parcels/{number}/rules: One parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        request.match_info.get("number"),
        "/path/number",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_parcel(context.parcels, number=given(number))
    return mapped(reply, mappings.parcel_rules)


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


PARCELS_REST: tuple[Route[Context], ...] = (
    Route("GET", "/parcels/{number}", "get-parcel", get_parcel),
    Route("GET", "/parcels/{number}/rules", "parcel-rules", parcel_rules),
    Route("GET", "/parcels/{number}/next", "next-parcel", next_parcel),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "parcels-rest": (PARCELS_REST, "openapi.json"),
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
