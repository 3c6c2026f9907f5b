"""The REST adapters of Tides: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import operations
from .context import Context
from .contract import read_contract
from .reply import Reply
from .rest_support import Route, build_app


async def list_tides(request: web.Request, context: Context) -> Reply:
    """GET /tides: listTides"""
    return await operations.list_tides(context.tides)


TIDES_REST: tuple[Route[Context], ...] = (
    Route("GET", "/tides", "listTides", list_tides),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "tides-rest": (TIDES_REST, "openapi.json"),
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
