"""The REST adapters of Ranking: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, flows
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app


async def rank_ships(request: web.Request, context: Context) -> Reply:
    """GET /ranking: rankShips"""
    faults = Faults(context.settings.allow_unknown_fields)
    limit = check.text_integer(faults, request.query.get("limit"), "/query/limit")
    faults.raise_any()
    return await flows.rank_ships(context, limit=limit)


async def find_size(request: web.Request, context: Context) -> Reply:
    """GET /sizes/{code}: findSize"""
    faults = Faults(context.settings.allow_unknown_fields)
    code = check.text_string(faults, request.match_info.get("code"), "/path/code")
    faults.raise_any()
    return await flows.find_size(context, code=code)


RANKING: tuple[Route[Context], ...] = (
    Route("GET", "/ranking", "rankShips", rank_ships),
    Route("GET", "/sizes/{code}", "findSize", find_size),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "ranking": (RANKING, "openapi.json"),
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
