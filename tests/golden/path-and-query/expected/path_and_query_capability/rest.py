"""The REST adapters of Parcels: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app


async def get_parcel(request: web.Request, context: Context) -> Reply:
    """GET /parcels/{number}: One parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    depot_id = check.text_string(
        faults,
        request.query.get("depot"),
        "/query/depot",
        required=True,
    )
    number = check.text_integer(
        faults,
        request.match_info.get("number"),
        "/path/number",
        required=True,
    )
    page_size = check.text_integer(
        faults,
        request.query.get("limit"),
        "/query/limit",
        required=True,
    )
    x_trace = check.text_string(
        faults,
        request.headers.get("X-Trace"),
        "/header/X-Trace",
    )
    faults.raise_any()
    return await operations.get_parcel(
        context.parcels,
        depot_id=given(depot_id),
        number=given(number),
        page_size=given(page_size),
        fresh=True,
        x_trace=x_trace,
    )


async def delete_labels_id(request: web.Request, context: Context) -> Reply:
    """DELETE /labels/{id}: deleteLabel"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(
        faults,
        request.match_info.get("id"),
        "/path/id",
        required=True,
    )
    faults.raise_any()
    return await operations.delete_label(context.parcels, id_=given(id_))


PARCELS_REST: tuple[Route[Context], ...] = (
    Route("GET", "/parcels/{number}", "getParcel", get_parcel),
    Route("DELETE", "/labels/{id}", "DELETE /labels/{id}", delete_labels_id),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "parcels-rest": (PARCELS_REST, "openapi.json"),
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
