"""The operations of Shipments as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_shipments(arguments: JsonObject, context: Context) -> Reply:
    """list-shipments: list-shipments"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("state", "number"))
    state = arguments_.string(faults, arguments, "state")
    number = arguments_.string(faults, arguments, "number")
    faults.raise_any()
    return await operations.list_shipments(context.fleet, state=state, number=number)


async def book(arguments: JsonObject, context: Context) -> Reply:
    """book: book"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("item",))
    item = arguments_.anything(faults, arguments, "item")
    faults.raise_any()
    return await operations.book(context.fleet, item=item)


async def get_shipment(arguments: JsonObject, context: Context) -> Reply:
    """get-shipment: get-shipment"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("number",))
    number = arguments_.string(faults, arguments, "number", required=True)
    faults.raise_any()
    return await operations.get_shipment(context.fleet, number=given(number))


async def repeat(arguments: JsonObject, context: Context) -> Reply:
    """repeat: repeat"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("number", "body"))
    number = arguments_.string(faults, arguments, "number", required=True)
    body = inputs.repeat(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.repeat(context.fleet, number=given(number), body=body)


async def get_depot(arguments: JsonObject, context: Context) -> Reply:
    """get-depot: get-depot"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("depot",))
    depot = arguments_.string(faults, arguments, "depot", required=True)
    faults.raise_any()
    return await operations.get_depot(context.fleet, depot=given(depot))


COMMANDS: dict[str, Command[Context]] = {
    "list-shipments": list_shipments,
    "book": book,
    "get-shipment": get_shipment,
    "repeat": repeat,
    "get-depot": get_depot,
}
