"""The REST adapters of Ship register: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import operations
from .access import protect
from .context import Context
from .contract import read_contract
from .guards import guard_of
from .reply import Reply
from .rest_support import Route, build_app


async def list_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: listShips"""
    return await operations.list_ships(context.register)


async def list_ships_get_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: listShips"""
    return await operations.list_ships(context.register)


SHIPS: tuple[Route[Context], ...] = (Route("GET", "/ships", "listShips", list_ships),)

OPAQUE: tuple[Route[Context], ...] = (
    Route("GET", "/ships", "listShips", list_ships_get_ships),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "ships": (SHIPS, "openapi.ships.json"),
    "opaque": (OPAQUE, "openapi.opaque.json"),
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
