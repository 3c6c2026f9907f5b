"""The REST adapters of Two shops: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, mappings, operations
from .access import protect
from .context import Context
from .contract import read_contract
from .faults import Faults
from .guards import guard_of
from .mapped import mapped
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def north_items(request: web.Request, context: Context) -> Reply:
    """GET /north: listItems"""
    reply = await operations.north_list_items(context.north)
    return mapped(reply, mappings.north_items)


async def add_north_item(request: web.Request, context: Context) -> Reply:
    """POST /north: addItem"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("name",))
    name = arguments_.anything(faults, arguments, "name")
    faults.raise_any()
    return await operations.add_item(
        context.north,
        settings=context.settings,
        name=name,
    )


async def south_items(request: web.Request, context: Context) -> Reply:
    """GET /south: listItems"""
    reply = await operations.south_list_items(context.south)
    return mapped(reply, mappings.south_items)


async def east_items(request: web.Request, context: Context) -> Reply:
    """GET /east: listItems"""
    reply = await operations.east_list_items(context.east)
    return mapped(reply, mappings.east_items)


SHOPS: tuple[Route[Context], ...] = (
    Route("GET", "/north", "northItems", north_items),
    Route("POST", "/north", "addNorthItem", add_north_item),
    Route("GET", "/south", "southItems", south_items),
    Route("GET", "/east", "eastItems", east_items),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "shops": (SHOPS, "openapi.json"),
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
