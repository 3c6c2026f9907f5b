"""The REST adapters of Fleet: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, flows
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def ship_overview(request: web.Request, context: Context) -> Reply:
    """GET /ships/{imo}/overview: A ship, its owner and its crew"""
    faults = Faults(context.settings.allow_unknown_fields)
    imo = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    most = check.text_integer(faults, request.query.get("most"), "/query/most")
    x_view = check.text_string(faults, request.headers.get("X-View"), "/header/X-View")
    faults.raise_any()
    return await flows.ship_overview(context, imo=given(imo), most=most, x_view=x_view)


async def leave_note(request: web.Request, context: Context) -> Reply:
    """POST /ships/{imo}/notes: A note about a ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("text",))
    text = arguments_.string(faults, arguments, "text")
    imo = check.text_string(
        faults,
        request.match_info.get("imo"),
        "/path/imo",
        required=True,
    )
    faults.raise_any()
    return await flows.leave_note(context, text=text, imo=given(imo))


async def pass_note(request: web.Request, context: Context) -> Reply:
    """POST /notes: A note as it is, and all ships"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = {"body": await json_body(request)}
    body_ = arguments_.object_(faults, arguments, "body")
    faults.raise_any()
    return await flows.pass_note(context, body_=body_)


FLEET_REST: tuple[Route[Context], ...] = (
    Route("GET", "/ships/{imo}/overview", "ship-overview", ship_overview),
    Route("POST", "/ships/{imo}/notes", "leave-note", leave_note),
    Route("POST", "/notes", "pass-note", pass_note),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "fleet-rest": (FLEET_REST, "openapi.json"),
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
