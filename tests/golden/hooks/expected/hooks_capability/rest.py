"""The REST adapters of Trading desk: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def get_account(request: web.Request, context: Context) -> Reply:
    """GET /account: What the account holds"""
    faults = Faults(context.settings.allow_unknown_fields)
    omit_zero_balances = check.text_string(
        faults,
        request.query.get("omitZeroBalances"),
        "/query/omitZeroBalances",
    )
    faults.raise_any()
    return await operations.get_account(
        context.binance,
        omit_zero_balances=omit_zero_balances,
    )


async def add_headline(request: web.Request, context: Context) -> Reply:
    """POST /headlines: Add a headline"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.string(faults, arguments, "title")
    faults.raise_any()
    return await operations.add_headline(
        context.news,
        settings=context.settings,
        title=title,
    )


DESK: tuple[Route[Context], ...] = (
    Route("GET", "/account", "getAccount", get_account),
    Route("POST", "/headlines", "addHeadline", add_headline),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "desk": (DESK, "openapi.json"),
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
