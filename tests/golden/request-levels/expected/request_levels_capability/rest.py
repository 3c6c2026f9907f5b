"""The REST adapters of Depot stock: one handler for each route."""

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


async def add_item(request: web.Request, context: Context) -> Reply:
    """POST /items: add-item"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("sku", "count", "tags", "extra", "place"),
    )
    session = check.text_string(
        faults,
        request.headers.get("session"),
        "/header/session",
    )
    sku = arguments_.string(faults, arguments, "sku", required=True)
    count = arguments_.integer(faults, arguments, "count")
    tags = arguments_.array(faults, arguments, "tags")
    extra = arguments_.anything(faults, arguments, "extra")
    place = arguments_.string(faults, arguments, "place")
    faults.raise_any()
    return await operations.add_item(
        context.stock,
        settings=context.settings,
        session=session,
        sku=given(sku),
        count=count,
        tags=tags,
        extra=extra,
        place=place,
    )


async def find_items(request: web.Request, context: Context) -> Reply:
    """GET /items: find-items"""
    faults = Faults(context.settings.allow_unknown_fields)
    lang = check.text_string(faults, request.query.get("lang"), "/query/lang")
    session = check.text_string(faults, request.query.get("session"), "/query/session")
    faults.raise_any()
    return await operations.find_items(
        context.stock,
        settings=context.settings,
        lang=lang,
        session=session,
    )


DEPOT: tuple[Route[Context], ...] = (
    Route("POST", "/items", "add-item", add_item),
    Route("GET", "/items", "find-items", find_items),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "depot": (DEPOT, "openapi.json"),
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
