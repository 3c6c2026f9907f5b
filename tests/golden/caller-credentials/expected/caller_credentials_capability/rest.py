"""The REST adapters of Guarded harbour: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .access import protect
from .context import Context
from .contract import read_contract
from .faults import Faults
from .guards import guard_of
from .reply import Reply
from .rest_support import Route, build_app
from .telemetry import observed_routes


async def list_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: All ships in the harbour"""
    faults = Faults(context.settings.allow_unknown_fields)
    flag = check.text_string(faults, request.query.get("flag"), "/query/flag")
    faults.raise_any()
    return await operations.list_ships(context.harbour, flag=flag)


async def list_ships_get_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: All ships in the harbour"""
    faults = Faults(context.settings.allow_unknown_fields)
    flag = check.text_string(faults, request.query.get("flag"), "/query/flag")
    faults.raise_any()
    return await operations.list_ships(context.harbour, flag=flag)


async def partners_list_ships_get_ships(
    request: web.Request,
    context: Context,
) -> Reply:
    """GET /ships: All ships in the harbour"""
    faults = Faults(context.settings.allow_unknown_fields)
    flag = check.text_string(faults, request.query.get("flag"), "/query/flag")
    faults.raise_any()
    return await operations.list_ships(context.harbour, flag=flag)


async def boards_list_ships_get_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: All ships in the harbour"""
    faults = Faults(context.settings.allow_unknown_fields)
    flag = check.text_string(faults, request.query.get("flag"), "/query/flag")
    faults.raise_any()
    return await operations.list_ships(context.harbour, flag=flag)


async def open_list_ships_get_ships(request: web.Request, context: Context) -> Reply:
    """GET /ships: All ships in the harbour"""
    faults = Faults(context.settings.allow_unknown_fields)
    flag = check.text_string(faults, request.query.get("flag"), "/query/flag")
    faults.raise_any()
    return await operations.list_ships(context.harbour, flag=flag)


OFFICE: tuple[Route[Context], ...] = (Route("GET", "/ships", "listShips", list_ships),)

VAULT: tuple[Route[Context], ...] = (
    Route("GET", "/ships", "listShips", list_ships_get_ships),
)

PARTNERS: tuple[Route[Context], ...] = (
    Route("GET", "/ships", "listShips", partners_list_ships_get_ships),
)

BOARDS: tuple[Route[Context], ...] = (
    Route("GET", "/ships", "listShips", boards_list_ships_get_ships),
)

OPEN_: tuple[Route[Context], ...] = (
    Route("GET", "/ships", "listShips", open_list_ships_get_ships),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "office": (OFFICE, "openapi.office.json"),
    "vault": (VAULT, "openapi.vault.json"),
    "partners": (PARTNERS, "openapi.partners.json"),
    "boards": (BOARDS, "openapi.boards.json"),
    "open": (OPEN_, "openapi.open_.json"),
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
    return protect(app, guard_of(namespace, context.settings))
