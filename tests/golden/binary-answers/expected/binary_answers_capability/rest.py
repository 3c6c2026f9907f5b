"""The REST adapters of Scans: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, flows, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app
from .told import told_as


async def get_scan(request: web.Request, context: Context) -> Reply:
    """GET /scans/{id}: get-scan"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    return await operations.get_scan(context.scanner, id_=given(id_), max_size=64)


async def get_film(request: web.Request, context: Context) -> Reply:
    """GET /films/{id}: get-film"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_film(context.scanner, id_=given(id_))
    return told_as(reply, "video/mp4")


async def get_trailer(request: web.Request, context: Context) -> Reply:
    """GET /trailers/{id}: get-film"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_film(context.scanner, id_=given(id_))
    return told_as(reply, "video/webm")


async def get_poster(request: web.Request, context: Context) -> Reply:
    """GET /posters/{id}: The poster of a film"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    return await flows.get_poster(context, id_=given(id_))


SCANS: tuple[Route[Context], ...] = (
    Route("GET", "/scans/{id}", "get-scan", get_scan),
    Route("GET", "/films/{id}", "get-film", get_film),
    Route("GET", "/trailers/{id}", "get-trailer", get_trailer),
    Route("GET", "/posters/{id}", "get-poster", get_poster),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "scans": (SCANS, "openapi.json"),
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
