"""The REST adapters of Four upstreams: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import operations
from .context import Context
from .contract import read_contract
from .reply import Reply
from .rest_support import Route, build_app


async def get_a(request: web.Request, context: Context) -> Reply:
    """GET /a: getA"""
    return await operations.get_a(context.alpha)


async def get_b(request: web.Request, context: Context) -> Reply:
    """GET /b: getB"""
    return await operations.get_b(context.beta)


async def get_c(request: web.Request, context: Context) -> Reply:
    """GET /c: getC"""
    return await operations.get_c(context.gamma)


async def get_d(request: web.Request, context: Context) -> Reply:
    """GET /d: getD"""
    return await operations.get_d(context.delta)


FOUR: tuple[Route[Context], ...] = (
    Route("GET", "/a", "getA", get_a),
    Route("GET", "/b", "getB", get_b),
    Route("GET", "/c", "getC", get_c),
    Route("GET", "/d", "getD", get_d),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "four": (FOUR, "openapi.json"),
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
