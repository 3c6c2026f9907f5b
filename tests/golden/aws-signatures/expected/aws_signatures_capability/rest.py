"""The REST adapters of Tables and files: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_tables(request: web.Request, context: Context) -> Reply:
    """POST /tables: listTables"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.list_tables(context.tables, limit=limit)


async def list_files(request: web.Request, context: Context) -> Reply:
    """GET /files: listFiles"""
    faults = Faults(context.settings.allow_unknown_fields)
    prefix = check.text_string(faults, request.query.get("prefix"), "/query/prefix")
    faults.raise_any()
    return await operations.list_files(context.files, prefix=prefix)


async def get_file(request: web.Request, context: Context) -> Reply:
    """GET /files/{key}: getFile"""
    faults = Faults(context.settings.allow_unknown_fields)
    key = check.text_string(
        faults,
        request.match_info.get("key"),
        "/path/key",
        required=True,
    )
    faults.raise_any()
    return await operations.get_file(context.files, key=given(key))


THINGS_REST: tuple[Route[Context], ...] = (
    Route("POST", "/tables", "listTables", list_tables),
    Route("GET", "/files", "listFiles", list_files),
    Route("GET", "/files/{key}", "getFile", get_file),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "things-rest": (THINGS_REST, "openapi.json"),
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
