"""The REST adapters of Cards and records: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_machines(request: web.Request, context: Context) -> Reply:
    """GET /machines: listMachines"""
    faults = Faults(context.settings.allow_unknown_fields)
    postal_code = check.text_string(
        faults,
        request.query.get("PostalCode"),
        "/query/PostalCode",
    )
    faults.raise_any()
    return await operations.list_machines(context.cards, postal_code=postal_code)


async def add_customer(request: web.Request, context: Context) -> Reply:
    """POST /customers: addCustomer"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("name",))
    name = arguments_.string(faults, arguments, "name")
    faults.raise_any()
    return await operations.add_customer(context.records, name=name)


CARDS_REST: tuple[Route[Context], ...] = (
    Route("GET", "/machines", "listMachines", list_machines),
    Route("POST", "/customers", "addCustomer", add_customer),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "cards-rest": (CARDS_REST, "openapi.json"),
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
