"""The REST adapters of Orders: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, inputs, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def replace_order(request: web.Request, context: Context) -> Reply:
    """PUT /orders/{id}: Replace an order"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    body = inputs.replace_order(await json_body(request), faults)
    faults.raise_any()
    return await operations.replace_order(context.orders, id_=given(id_), body=body)


ORDERS_REST: tuple[Route[Context], ...] = (
    Route("PUT", "/orders/{id}", "replaceOrder", replace_order),
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
