"""The REST adapters of Shipments: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .one_of import Alternative, one_of
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_(request: web.Request, context: Context) -> Reply:
    """GET /shipments: list-shipments"""
    faults = Faults(context.settings.allow_unknown_fields)
    state = check.text_string(faults, request.query.get("state"), "/query/state")
    number = check.text_string(faults, request.query.get("number"), "/query/number")
    faults.raise_any()
    return await operations.list_shipments(context.fleet, state=state, number=number)


async def one(request: web.Request, context: Context) -> Reply:
    """GET /shipments: get-shipment"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        request.query.get("number"),
        "/query/number",
        required=True,
    )
    faults.raise_any()
    return await operations.get_shipment(context.fleet, number=given(number))


async def book(request: web.Request, context: Context) -> Reply:
    """POST /bookings: book"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("item",))
    item = arguments_.anything(faults, arguments, "item")
    faults.raise_any()
    return await operations.book(context.fleet, item=item)


async def repeat(request: web.Request, context: Context) -> Reply:
    """POST /bookings: repeat"""
    faults = Faults(context.settings.allow_unknown_fields)
    sent = await json_body(request)
    arguments = arguments_.members(faults, sent)
    number = arguments_.string(faults, arguments, "number", required=True)
    body = inputs.repeat(sent, faults)
    faults.raise_any()
    return await operations.repeat(context.fleet, number=given(number), body=body)


async def depot(request: web.Request, context: Context) -> Reply:
    """GET /depots/{depot}: get-depot"""
    faults = Faults(context.settings.allow_unknown_fields)
    depot = check.text_string(
        faults,
        request.match_info.get("depot"),
        "/path/depot",
        required=True,
    )
    faults.raise_any()
    return await operations.get_depot(context.fleet, depot=given(depot))


FLEET_REST: tuple[Route[Context], ...] = (
    Route("GET", "/depots/{depot}", "depot", depot),
    Route(
        "GET",
        "/shipments",
        "GET /shipments",
        one_of(
            Alternative(one, ("query/number",), others=("query/state",)),
            Alternative(list_, ()),
        ),
    ),
    Route(
        "POST",
        "/bookings",
        "POST /bookings",
        one_of(Alternative(repeat, ("body/number",)), Alternative(book, ())),
    ),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "fleet-rest": (FLEET_REST, "openapi.json"),
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
