"""The REST adapters of News feeds: one handler for each route."""

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


async def get_section(request: web.Request, context: Context) -> Reply:
    """GET /sections/{section}: A section with its articles"""
    faults = Faults(context.settings.allow_unknown_fields)
    section = check.text_string(
        faults,
        request.match_info.get("section"),
        "/path/section",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_feed(context.site, section=given(section))
    return mapped(reply, mappings.get_section)


async def get_feed(request: web.Request, context: Context) -> Reply:
    """GET /sections/{section}/feed: The feed itself, in XML"""
    faults = Faults(context.settings.allow_unknown_fields)
    section = check.text_string(
        faults,
        request.match_info.get("section"),
        "/path/section",
        required=True,
    )
    faults.raise_any()
    return await operations.get_feed(context.site, section=given(section), raw=True)


FEEDS: tuple[Route[Context], ...] = (
    Route("GET", "/sections/{section}", "get-section", get_section),
    Route("GET", "/sections/{section}/feed", "get-feed", get_feed),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "feeds": (FEEDS, "openapi.json"),
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
