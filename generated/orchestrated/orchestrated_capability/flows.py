"""The flows of Orders: answers that the package itself makes."""

from __future__ import annotations

from . import mappings, operations
from .context import Context
from .json_values import at
from .lookups import index_of, look_up
from .reply import Reply
from .steps import (
    Started,
    StepFailed,
    answered,
    as_text,
    found,
    needed,
    projected,
    step,
    stored,
    targets,
    within,
)


async def show_order(context: Context, *, order: str) -> Reply:
    """An order with its customer and its products (steps: products, order, customer,
    ordered).
    """
    try:
        async with Started() as started:
            order_call = started.call(
                lambda: operations.get_order(context.shop, order=order),
            )
            reply = await step(
                "products",
                operations.list_products(context.stock),
                1,
                3,
            )
            products = projected(
                found("products", reply),
                mappings.outputs_of_list_products,
            )
            reply = await step("order", order_call, 2, 3)
            order_step = projected(found("order", reply), mappings.outputs_of_get_order)
            reply = await step(
                "customer",
                operations.get_customer(
                    context.shop,
                    customer=needed(
                        "customer",
                        "customer",
                        as_text("customer", within(order_step, "customer")),
                    ),
                ),
                3,
                3,
            )
            customer = projected(
                found("customer", reply),
                mappings.outputs_of_get_customer,
            )
            products_by_id = index_of(products, "id")
            ordered = look_up(
                products_by_id,
                within(order_step, "products"),
                "title",
                "price",
            )
            answer = targets(
                (("order", "number"), at(order_step, "number")),
                (("order", "customer"), at(customer, "fullName")),
                (("order", "city"), at(customer, "city")),
                (("products",), stored(ordered)),
            )
            return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply


async def orders_tools_show_order(context: Context, *, order: str) -> Reply:
    """An order with its customer and its products (steps: products, order, customer,
    ordered).
    """
    try:
        async with Started() as started:
            order_call = started.call(
                lambda: operations.get_order(context.shop, order=order),
            )
            reply = await step(
                "products",
                operations.list_products(context.stock),
                1,
                3,
            )
            products = projected(
                found("products", reply),
                mappings.outputs_of_list_products,
            )
            reply = await step("order", order_call, 2, 3)
            order_step = projected(found("order", reply), mappings.outputs_of_get_order)
            reply = await step(
                "customer",
                operations.get_customer(
                    context.shop,
                    customer=needed(
                        "customer",
                        "customer",
                        as_text("customer", within(order_step, "customer")),
                    ),
                ),
                3,
                3,
            )
            customer = projected(
                found("customer", reply),
                mappings.outputs_of_get_customer,
            )
            products_by_id = index_of(products, "id")
            ordered = look_up(
                products_by_id,
                within(order_step, "products"),
                "title",
                "price",
            )
            answer = targets(
                (("order", "number"), at(order_step, "number")),
                (("order", "customer"), at(customer, "fullName")),
                (("order", "city"), at(customer, "city")),
                (("products",), stored(ordered)),
            )
            return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply
