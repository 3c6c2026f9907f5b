"""The REST adapters of Search: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def search(request: web.Request, context: Context) -> Reply:
    """POST /shelves/{shelf}: Search a shelf"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("weight", "words", "filter"),
    )
    shelf = check.text_string(
        faults,
        request.match_info.get("shelf"),
        "/path/shelf",
        required=True,
    )
    exact = check.text_boolean(faults, request.query.get("exact"), "/query/exact")
    session = check.text_string(
        faults,
        request.headers.get("session"),
        "/header/session",
    )
    weight = arguments_.number(faults, arguments, "weight")
    words = arguments_.array(faults, arguments, "words")
    filter_ = arguments_.object_(faults, arguments, "filter")
    faults.raise_any()
    return await operations.search(
        context.search,
        shelf=given(shelf),
        exact=exact,
        session=session,
        weight=weight,
        words=words,
        filter_=filter_,
    )


SEARCH_REST: tuple[Route[Context], ...] = (
    Route("POST", "/shelves/{shelf}", "search", search),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "search-rest": (SEARCH_REST, "openapi.json"),
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
