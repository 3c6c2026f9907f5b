"""The REST adapters of Library: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_books(request: web.Request, context: Context) -> Reply:
    """GET /books: listBooks"""
    return await operations.list_books(context.library, settings=context.settings)


async def add_book(request: web.Request, context: Context) -> Reply:
    """POST /books: addBook"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.anything(faults, arguments, "title")
    faults.raise_any()
    return await operations.add_book(
        context.library,
        settings=context.settings,
        title=title,
    )


async def list_boxes(request: web.Request, context: Context) -> Reply:
    """GET /boxes: listBoxes"""
    return await operations.list_boxes(context.archive)


DESK: tuple[Route[Context], ...] = (
    Route("GET", "/books", "listBooks", list_books),
    Route("POST", "/books", "addBook", add_book),
    Route("GET", "/boxes", "listBoxes", list_boxes),
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
