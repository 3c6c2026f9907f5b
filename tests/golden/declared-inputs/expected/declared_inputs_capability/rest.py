"""The REST adapters of Orders: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, inputs, json_text, mappings, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .patterns import check_pattern
from .picked import picked
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_orders(request: web.Request, context: Context) -> Reply:
    """GET /customers/{customer}/orders: Orders of a customer"""
    faults = Faults(context.settings.allow_unknown_fields)
    customer = check.text_string(
        faults,
        request.match_info.get("customer"),
        "/path/customer",
    )
    check_pattern(faults, customer, "/path/customer", "^C[0-9]{3,8}$")
    session = check.text_string(
        faults,
        request.cookies.get("session"),
        "/cookie/session",
    )
    check_pattern(faults, session, "/cookie/session", "^[a-z]+(-[a-z]+)*$")
    seen = check.text_integer(faults, request.query.get("seen"), "/query/seen")
    check.text_integer(faults, request.query.get("page"), "/query/page")
    faults.raise_any()
    reply = await operations.list_orders(
        context.shop,
        customer=customer,
        channel="web",
        session=session,
    )
    return mapped(
        reply,
        lambda document: mappings.list_orders(
            document,
            customer=customer,
            session=session,
            seen=seen,
        ),
    )


async def add_order(request: web.Request, context: Context) -> Reply:
    """POST /orders: A new order"""
    faults = Faults(context.settings.allow_unknown_fields)
    sent = await json_body(request)
    arguments = arguments_.members(faults, sent)
    dry_run = arguments_.boolean(faults, arguments, "try")
    body = inputs.add_order(sent, faults)
    faults.raise_any()
    return await operations.add_order(context.shop, dry_run=dry_run, body=body)


async def add_wrapped_order(request: web.Request, context: Context) -> Reply:
    """PATCH /orders: A new order in an envelope"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("order",))
    body = inputs.add_order(arguments.get("order"), faults, "/order")
    faults.raise_any()
    return await operations.add_order(context.shop, dry_run=False, body=body)


async def add_lines(request: web.Request, context: Context) -> Reply:
    """PUT /orders: Lines of an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = {"body": await json_body(request)}
    body_ = arguments_.array(faults, arguments, "body", required=True)
    faults.raise_any()
    return await operations.add_lines(context.shop, body_=given(body_))


async def search_orders(request: web.Request, context: Context) -> Reply:
    """GET /orders: Orders that a filter lets through"""
    faults = Faults(context.settings.allow_unknown_fields)
    filter_ = json_text.object_(faults, request.query.get("filter"), "/query/filter")
    tags = json_text.array(faults, request.headers.get("tags"), "/header/tags")
    first = check.text_string(faults, request.query.get("first"), "/query/first")
    source = check.text_string(faults, request.query.get("source"), "/query/source")
    faults.raise_any()
    return await operations.search_orders(
        context.shop,
        filter_=filter_,
        tags=tags,
        first=first,
        source=source,
    )


async def search_in_body(request: web.Request, context: Context) -> Reply:
    """POST /searches: Orders that a filter inside of a document lets through"""
    faults = Faults(context.settings.allow_unknown_fields)
    sent = await json_body(request)
    arguments = picked(
        sent,
        {
            "filter": mappings.filter_of_search_in_body,
            "first": mappings.first_of_search_in_body,
        },
        arguments_.members(faults, sent),
    )
    filter_ = arguments_.object_(faults, arguments, "filter")
    tags = arguments_.array(faults, arguments, "tags")
    first = arguments_.string(faults, arguments, "first")
    check_pattern(faults, first, "/first", "^\\w+$")
    source = arguments_.string(faults, arguments, "source")
    faults.raise_any()
    return await operations.search_orders(
        context.shop,
        filter_=filter_,
        tags=tags,
        first=first,
        source=source,
    )


ORDERS_REST: tuple[Route[Context], ...] = (
    Route("GET", "/customers/{customer}/orders", "listOrders", list_orders),
    Route("POST", "/orders", "addOrder", add_order),
    Route("PATCH", "/orders", "addWrappedOrder", add_wrapped_order),
    Route("PUT", "/orders", "addLines", add_lines),
    Route("GET", "/orders", "searchOrders", search_orders, reads=False),
    Route("POST", "/searches", "searchInBody", search_in_body),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "orders-rest": (ORDERS_REST, "openapi.json"),
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
