"""The REST adapters of Exchange rates: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, mappings, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .reply import Reply
from .rest_support import Route, build_app


async def list_rates(request: web.Request, context: Context) -> Reply:
    """GET /rates/{date}: All rates of a day"""
    faults = Faults(context.settings.allow_unknown_fields)
    date = check.text_string(
        faults,
        request.match_info.get("date"),
        "/path/date",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_rates(context.bank, date=given(date))
    return mapped(reply, mappings.list_rates)


async def get_euro_rate(request: web.Request, context: Context) -> Reply:
    """GET /rates/{date}/euro: The rate of the euro on a day"""
    faults = Faults(context.settings.allow_unknown_fields)
    date = check.text_string(
        faults,
        request.match_info.get("date"),
        "/path/date",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_rates(context.bank, date=given(date))
    return mapped(reply, mappings.get_euro_rate)


async def get_table(request: web.Request, context: Context) -> Reply:
    """GET /tables/{date}: The table itself, in CSV"""
    faults = Faults(context.settings.allow_unknown_fields)
    date = check.text_string(
        faults,
        request.match_info.get("date"),
        "/path/date",
        required=True,
    )
    faults.raise_any()
    return await operations.get_rates(context.bank, date=given(date), raw=True)


RATES: tuple[Route[Context], ...] = (
    Route("GET", "/rates/{date}", "list-rates", list_rates),
    Route("GET", "/rates/{date}/euro", "get-euro-rate", get_euro_rate),
    Route("GET", "/tables/{date}", "get-table", get_table),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "rates": (RATES, "openapi.json"),
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
