"""The REST adapters of Clock and balance: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import inputs, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def get_time(request: web.Request, context: Context) -> Reply:
    """GET /time: The time of the server"""
    return await operations.get_time(context.kraken)


async def get_balance(request: web.Request, context: Context) -> Reply:
    """POST /balance: The balance of the account"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.get_balance(await json_body(request), faults)
    faults.raise_any()
    return await operations.get_balance(context.kraken, body=body)


CLOCK: tuple[Route[Context], ...] = (
    Route("GET", "/time", "getTime", get_time),
    Route("POST", "/balance", "getBalance", get_balance),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "clock": (CLOCK, "openapi.json"),
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
