"""The REST adapters of Harbour: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app


async def list_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: All ships in the harbour"""
    return await operations.list_ships(context.harbour)


async def list_ships_get_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: Ships for the office"""
    return await operations.list_ships(context.harbour)


async def delete_berths_berth(request: web.Request, context: Context) -> Reply:
    """DELETE /berths/{berth}: Free a berth"""
    faults = Faults(context.settings.allow_unknown_fields)
    berth = check.text_string(
        faults,
        request.match_info.get("berth"),
        "/path/berth",
        required=True,
    )
    faults.raise_any()
    return await operations.free_berth(context.harbour, berth=given(berth))


HARBOUR_PUBLIC: tuple[Route[Context], ...] = (
    Route("GET", "/ships", "listShips", list_ships),
)

HARBOUR_OFFICE: tuple[Route[Context], ...] = (
    Route("GET", "/ships", "listShips", list_ships_get_ships),
    Route("DELETE", "/berths/{berth}", "DELETE /berths/{berth}", delete_berths_berth),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "harbour-public": (HARBOUR_PUBLIC, "openapi.harbour_public.json"),
    "harbour-office": (HARBOUR_OFFICE, "openapi.harbour_office.json"),
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
