"""The REST adapters of Archive: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app


async def get_photo(request: web.Request, context: Context) -> Reply:
    """GET /photos/{id}: Get a photograph"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    return await operations.get_photo(context.archive, id_=given(id_))


async def list_labels(request: web.Request, context: Context) -> Reply:
    """GET /labels: All labels"""
    return await operations.list_labels(context.labels)


ARCHIVE_API: tuple[Route[Context], ...] = (
    Route("GET", "/photos/{id}", "get-photo", get_photo),
    Route("GET", "/labels", "list-labels", list_labels),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "archive-api": (ARCHIVE_API, "openapi.json"),
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
