"""The REST adapters of Apps and statements: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_apps(request: web.Request, context: Context) -> Reply:
    """GET /apps: listApps"""
    faults = Faults(context.settings.allow_unknown_fields)
    limit = check.text_integer(faults, request.query.get("limit"), "/query/limit")
    faults.raise_any()
    return await operations.list_apps(context.apps, limit=limit)


async def add_entry(request: web.Request, context: Context) -> Reply:
    """POST /entries: addEntry"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("text",))
    text = arguments_.string(faults, arguments, "text")
    faults.raise_any()
    return await operations.add_entry(context.ledger, text=text)


APPS_REST: tuple[Route[Context], ...] = (
    Route("GET", "/apps", "listApps", list_apps),
    Route("POST", "/entries", "addEntry", add_entry),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "apps-rest": (APPS_REST, "openapi.json"),
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
