"""The REST adapters of Parcel desk: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .access import protect
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .guards import guard_of
from .reply import Reply
from .rest_support import Route, build_app


async def get_parcel(request: web.Request, context: Context) -> Reply:
    """GET /parcels/{parcel}: Where a parcel is"""
    faults = Faults(context.settings.allow_unknown_fields)
    parcel = check.text_string(
        faults,
        request.match_info.get("parcel"),
        "/path/parcel",
        required=True,
    )
    faults.raise_any()
    return await operations.get_parcel(context.carrier, parcel=given(parcel))


async def get_parcel_get_parcels_parcel(
    request: web.Request,
    context: Context,
) -> Reply:
    """GET /parcels/{parcel}: Where a parcel is"""
    faults = Faults(context.settings.allow_unknown_fields)
    parcel = check.text_string(
        faults,
        request.match_info.get("parcel"),
        "/path/parcel",
        required=True,
    )
    faults.raise_any()
    return await operations.get_parcel(context.carrier, parcel=given(parcel))


DESK: tuple[Route[Context], ...] = (
    Route("GET", "/parcels/{parcel}", "getParcel", get_parcel),
)

PARTNERS: tuple[Route[Context], ...] = (
    Route("GET", "/parcels/{parcel}", "getParcel", get_parcel_get_parcels_parcel),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "desk": (DESK, "openapi.desk.json"),
    "partners": (PARTNERS, "openapi.partners.json"),
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
    return protect(app, guard_of(namespace, context.settings))
