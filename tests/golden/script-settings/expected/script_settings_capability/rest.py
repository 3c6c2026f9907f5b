"""The REST adapters of Depot: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import operations
from .context import Context
from .contract import read_contract
from .reply import Reply
from .rest_support import Route, build_app
from .telemetry import observed_routes


async def list_parcels(request: web.Request, context: Context) -> Reply:
    """GET /parcels: All parcels"""
    return await operations.list_parcels(context.depot)


DEPOT_API: tuple[Route[Context], ...] = (
    Route("GET", "/parcels", "list-parcels", list_parcels),
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
