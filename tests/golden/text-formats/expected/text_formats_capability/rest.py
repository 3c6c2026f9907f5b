"""The REST adapters of Market data: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import mappings, operations
from .context import Context
from .contract import read_contract
from .mapped import mapped
from .reply import Reply
from .rest_support import Route, build_app


async def list_rates(request: web.Request, context: Context) -> Reply:
    """GET /rates: Rates"""
    reply = await operations.list_rates(context.bank)
    return mapped(reply, mappings.list_rates)


async def pass_rates(request: web.Request, context: Context) -> Reply:
    """GET /rates.csv: Rates"""
    return await operations.list_rates(context.bank, raw=True)


async def list_news(request: web.Request, context: Context) -> Reply:
    """GET /news: list-news"""
    reply = await operations.list_news(context.bank)
    return mapped(reply, mappings.list_news)


MARKET: tuple[Route[Context], ...] = (
    Route("GET", "/rates", "list-rates", list_rates),
    Route("GET", "/rates.csv", "pass-rates", pass_rates),
    Route("GET", "/news", "list-news", list_news),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "market": (MARKET, "openapi.json"),
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
