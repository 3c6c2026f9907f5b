"""The REST adapters of Depot: one handler for each route."""

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


async def get_part(request: web.Request, context: Context) -> Reply:
    """GET /parts/{id}: getPart"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    return await operations.get_part(context.depot, id_=given(id_))


async def order_part(request: web.Request, context: Context) -> Reply:
    """POST /parts/{id}: orderPart"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("count",))
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    count = arguments_.integer(faults, arguments, "count")
    faults.raise_any()
    return await operations.order_part(
        context.depot_hmac_body,
        id_=given(id_),
        count=count,
    )


async def count_stock(request: web.Request, context: Context) -> Reply:
    """GET /stock: countStock"""
    return await operations.count_stock(context.depot_aws_sigv4)


async def move_stock(request: web.Request, context: Context) -> Reply:
    """POST /stock: moveStock"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("from", "to"))
    from_ = arguments_.string(faults, arguments, "from")
    to = arguments_.string(faults, arguments, "to")
    faults.raise_any()
    return await operations.move_stock(context.depot_hmac_body, from_=from_, to=to)


DESK: tuple[Route[Context], ...] = (
    Route("GET", "/parts/{id}", "getPart", get_part),
    Route("POST", "/parts/{id}", "orderPart", order_part),
    Route("GET", "/stock", "countStock", count_stock),
    Route("POST", "/stock", "moveStock", move_stock),
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
