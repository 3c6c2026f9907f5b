"""The REST adapters of Tickets: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, inputs, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def create_ticket(request: web.Request, context: Context) -> Reply:
    """POST /tickets: Create a ticket"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.create_ticket(await json_body(request), faults)
    faults.raise_any()
    return await operations.create_ticket(context.tickets, body=body)


async def search_tickets(request: web.Request, context: Context) -> Reply:
    """POST /tickets/search: Search tickets"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.search_tickets(await json_body(request), faults)
    faults.raise_any()
    return await operations.search_tickets(context.tickets, body=body)


async def update_ticket(request: web.Request, context: Context) -> Reply:
    """PATCH /tickets/{number}: Change a ticket"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_integer(
        faults,
        request.match_info.get("number"),
        "/path/number",
        required=True,
    )
    body = inputs.update_ticket(await json_body(request), faults)
    faults.raise_any()
    return await operations.update_ticket(
        context.tickets,
        number=given(number),
        body=body,
    )


TICKETS_REST: tuple[Route[Context], ...] = (
    Route("POST", "/tickets", "createTicket", create_ticket),
    Route("POST", "/tickets/search", "searchTickets", search_tickets, reads=True),
    Route("PATCH", "/tickets/{number}", "updateTicket", update_ticket),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "tickets-rest": (TICKETS_REST, "openapi.json"),
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
