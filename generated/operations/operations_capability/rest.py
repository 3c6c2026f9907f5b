"""The REST adapters of Parcel desk: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, flows
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app
from .telemetry import observed_routes


async def find_depot(request: web.Request, context: Context) -> Reply:
    """GET /parcels/{number}/depot: The depot that a parcel lies in"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        request.match_info.get("number"),
        "/path/number",
        required=True,
    )
    faults.raise_any()
    return await flows.find_depot(context, number=given(number))


DESK_API: tuple[Route[Context], ...] = (
    Route("GET", "/parcels/{number}/depot", "find-depot", find_depot),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "desk-api": (DESK_API, "openapi.json"),
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
