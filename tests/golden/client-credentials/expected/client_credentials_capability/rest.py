"""The REST adapters of Fleet: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: listShips"""
    return await operations.list_ships(context.fleet)


async def add_ship(request: web.Request, context: Context) -> Reply:
    """POST /ships: addShip"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("name",))
    name = arguments_.anything(faults, arguments, "name")
    faults.raise_any()
    return await operations.add_ship(context.fleet, name=name)


async def list_people(request: web.Request, context: Context) -> Reply:
    """GET /people: listPeople"""
    return await operations.list_people(context.crew)


DESK: tuple[Route[Context], ...] = (
    Route("GET", "/ships", "listShips", list_ships),
    Route("POST", "/ships", "addShip", add_ship),
    Route("GET", "/people", "listPeople", list_people),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "desk": (DESK, "openapi.json"),
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
