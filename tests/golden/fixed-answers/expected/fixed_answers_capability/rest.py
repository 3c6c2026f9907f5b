"""The REST adapters of Greeter: one handler for each route."""

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


async def say_hello(request: web.Request, context: Context) -> Reply:
    """GET /hello: Greet somebody"""
    faults = Faults(context.settings.allow_unknown_fields)
    who = check.text_string(faults, request.query.get("who"), "/query/who")
    faults.raise_any()
    return await flows.say_hello(context, who=who)


async def get_state(request: web.Request, context: Context) -> Reply:
    """GET /state: get-state"""
    return await flows.get_state(context)


async def make_shape(request: web.Request, context: Context) -> Reply:
    """POST /shapes/{size}: make-shape"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("count",))
    size = check.text_string(
        faults,
        request.match_info.get("size"),
        "/path/size",
        required=True,
    )
    count = arguments_.integer(faults, arguments, "count")
    faults.raise_any()
    return await flows.make_shape(context, size=given(size), count=count)


async def drop(request: web.Request, context: Context) -> Reply:
    """DELETE /void: drop"""
    return await flows.drop(context)


GREETER_REST: tuple[Route[Context], ...] = (
    Route("GET", "/hello", "say-hello", say_hello),
    Route("GET", "/state", "get-state", get_state),
    Route("POST", "/shapes/{size}", "make-shape", make_shape, reads=True),
    Route("DELETE", "/void", "drop", drop, reads=True),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "greeter-rest": (GREETER_REST, "openapi.json"),
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
