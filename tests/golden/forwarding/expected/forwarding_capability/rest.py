"""The REST adapters of Depot: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .forwarding import forward
from .reply import Reply
from .rest_support import Route, build_app
from .wire import concat, cookies, fields, pairs


async def keep_crate(request: web.Request, context: Context) -> Reply:
    """PUT /depot/{path}: One crate"""
    faults = Faults(context.settings.allow_unknown_fields)
    lang = check.text_string(faults, request.query.get("lang"), "/query/lang")
    crate = check.text_string(
        faults,
        request.match_info.get("path"),
        "/path/path",
        required=True,
    )
    faults.raise_any()
    return await operations.get_crate(
        context.depot,
        settings=context.settings,
        lang=lang,
        crate=given(crate),
    )


async def get_crate(request: web.Request, context: Context) -> Reply:
    """GET /crates/{crate}: One crate"""
    faults = Faults(context.settings.allow_unknown_fields)
    lang = check.text_string(faults, request.query.get("lang"), "/query/lang")
    crate = check.text_string(
        faults,
        request.match_info.get("crate"),
        "/path/crate",
        required=True,
    )
    faults.raise_any()
    return await operations.get_crate(
        context.depot,
        settings=context.settings,
        lang=lang,
        crate=given(crate),
    )


async def depot_proxy(request: web.Request, context: Context) -> Reply:
    """/depot/{path}: Everything of the depot"""
    return await forward(
        request,
        context.depot,
        first=2,
        trusted=("Accept", "If-None-Match", "x-trace-id"),
        headers=fields(
            ("X-Tenant", concat("t-", context.settings.depot_tenant.reveal())),
            ("Cookie", cookies(("theme", "dark"))),
        ),
        query=pairs(("format", "full")),
        reserved=("key", "format"),
    )


async def old_pages(request: web.Request, context: Context) -> Reply:
    """/old/{year}/pages: Requests that go on to archive"""
    return await forward(request, context.archive, first=2)


async def start(request: web.Request, context: Context) -> Reply:
    """/start: Requests that go on to archive"""
    return await forward(request, context.archive, trusted=("Cookie",))


async def any_(request: web.Request, context: Context) -> Reply:
    """/any/{path}: Requests that go on to archive"""
    return await forward(request, context.archive, first=2, trusted=("Range",))


DEPOT_REST: tuple[Route[Context], ...] = (
    Route("PUT", "/depot/{path:.+}", "keep-crate", keep_crate, reads=True),
    Route("GET", "/crates/{crate}", "get-crate", get_crate),
    Route("*", "/depot/{path:.+}", "depot-proxy", depot_proxy),
    Route("*", "/old/{year}/pages", "old-pages", old_pages),
    Route("*", "/start", "start", start),
    Route("*", "/any/{path:.+}", "any", any_),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "depot-rest": (DEPOT_REST, "openapi.json"),
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
