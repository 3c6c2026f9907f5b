"""The REST adapters of Harbour watch: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app
from .wire import concat


async def list_positions(request: web.Request, context: Context) -> Reply:
    """GET /ships/{imo}: list-positions"""
    faults = Faults(context.settings.allow_unknown_fields)
    imo = check.text_integer(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    note = check.text_string(faults, request.query.get("remark"), "/query/remark")
    kind = check.text_string(
        faults,
        request.query.get("kind"),
        "/query/kind",
        required=True,
    )
    from_ = check.text_string(faults, request.query.get("from"), "/query/from")
    vessel = check.text_string(
        faults,
        request.query.get("vessel"),
        "/query/vessel",
        required=True,
    )
    faults.raise_any()
    return await operations.list_positions(
        context.ships,
        settings=context.settings,
        imo=given(imo),
        unit="kt",
        tag=concat("v-", vessel),
        note=note,
        kind=given(kind),
        from_=from_,
    )


HARBOUR: tuple[Route[Context], ...] = (
    Route("GET", "/ships/{imo}", "list-positions", list_positions),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "harbour": (HARBOUR, "openapi.json"),
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
