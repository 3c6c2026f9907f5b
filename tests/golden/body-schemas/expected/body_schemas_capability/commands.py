"""The operations of Tickets as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given, whole_body
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def create_ticket(arguments: JsonObject, context: Context) -> Reply:
    """create-ticket: Create a ticket"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.create_ticket(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.create_ticket(context.tickets, body=body)


async def search_tickets(arguments: JsonObject, context: Context) -> Reply:
    """search-tickets: Search tickets"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.search_tickets(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.search_tickets(context.tickets, body=body)


async def update_ticket(arguments: JsonObject, context: Context) -> Reply:
    """update-ticket: Change a ticket"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("number", "body"))
    number = arguments_.integer(faults, arguments, "number", required=True)
    body = inputs.update_ticket(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.update_ticket(
        context.tickets,
        number=given(number),
        body=body,
    )


COMMANDS: dict[str, Command[Context]] = {
    "create-ticket": whole_body(create_ticket, required=True),
    "search-tickets": whole_body(search_tickets),
    "update-ticket": update_ticket,
}
