"""The REST adapters of Fleet: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, flows
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app


async def ship_overview(request: web.Request, context: Context) -> Reply:
    """GET /ships/{imo}/overview: A ship and its crew"""
    faults = Faults(context.settings.allow_unknown_fields)
    imo = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    most = check.text_integer(faults, request.query.get("most"), "/query/most")
    faults.raise_any()
    return await flows.ship_overview(context, imo=given(imo), most=most)


FLEET_REST: tuple[Route[Context], ...] = (
    Route("GET", "/ships/{imo}/overview", "ship-overview", ship_overview),
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
    return build_app(
        routes,
        context,
        contract=read_contract(contract),
        body_limit=context.settings.body_limit,
        access_log=access_log,
        obstacle=context.obstacle,
    )
