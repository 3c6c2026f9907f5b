"""The operations of Orders as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_products(arguments: JsonObject, context: Context) -> Reply:
    """list-products: All products"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_products(context.stock)


async def get_order(arguments: JsonObject, context: Context) -> Reply:
    """get-order: One order"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("order",))
    order = arguments_.string(faults, arguments, "order", required=True)
    faults.raise_any()
    return await operations.get_order(context.shop, order=given(order))


async def get_customer(arguments: JsonObject, context: Context) -> Reply:
    """get-customer: One customer"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("customer",))
    customer = arguments_.string(faults, arguments, "customer", required=True)
    faults.raise_any()
    return await operations.get_customer(context.shop, customer=given(customer))


async def show_order(arguments: JsonObject, context: Context) -> Reply:
    """show-order: An order with its customer and its products"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("order",))
    order = arguments_.string(faults, arguments, "order", required=True)
    faults.raise_any()
    return await flows.show_order(context, order=given(order))


async def orders_tools_show_order(arguments: JsonObject, context: Context) -> Reply:
    """orders-tools-show-order: An order with its customer and its products"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("order",))
    order = arguments_.string(faults, arguments, "order", required=True)
    faults.raise_any()
    return await flows.orders_tools_show_order(context, order=given(order))


COMMANDS: dict[str, Command[Context]] = {
    "list-products": list_products,
    "get-order": get_order,
    "get-customer": get_customer,
    "show-order": show_order,
    "orders-tools-show-order": orders_tools_show_order,
}
