"""The operations of Orders as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_orders(arguments: JsonObject, context: Context) -> Reply:
    """list-orders: Orders of a customer"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("customer", "channel", "session"),
    )
    customer = arguments_.string(faults, arguments, "customer")
    channel = arguments_.string(faults, arguments, "channel")
    session = arguments_.string(faults, arguments, "session")
    faults.raise_any()
    return await operations.list_orders(
        context.shop,
        customer=customer,
        channel=channel,
        session=session,
    )


async def add_order(arguments: JsonObject, context: Context) -> Reply:
    """add-order: A new order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("dry-run", "body"))
    dry_run = arguments_.boolean(faults, arguments, "dry-run")
    body = inputs.add_order(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.add_order(context.shop, dry_run=dry_run, body=body)


async def add_lines(arguments: JsonObject, context: Context) -> Reply:
    """add-lines: Lines of an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body_ = arguments_.array(faults, arguments, "body", required=True)
    faults.raise_any()
    return await operations.add_lines(context.shop, body_=given(body_))


async def search_orders(arguments: JsonObject, context: Context) -> Reply:
    """search-orders: Orders that a filter lets through"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("filter", "tags", "first", "source"),
    )
    filter_ = arguments_.object_(faults, arguments, "filter")
    tags = arguments_.array(faults, arguments, "tags")
    first = arguments_.string(faults, arguments, "first")
    source = arguments_.string(faults, arguments, "source")
    faults.raise_any()
    return await operations.search_orders(
        context.shop,
        filter_=filter_,
        tags=tags,
        first=first,
        source=source,
    )


COMMANDS: dict[str, Command[Context]] = {
    "list-orders": list_orders,
    "add-order": add_order,
    "add-lines": add_lines,
    "search-orders": search_orders,
}
