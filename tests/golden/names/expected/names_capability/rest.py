"""The REST adapters of Names that Python, the emitted modules or readers use for
something else: one handler for each route.
"""

from __future__ import annotations

from aiohttp import web

from . import check, inputs, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def class_(request: web.Request, context: Context) -> Reply:
    """GET /class/{from}/{in}: A keyword with a "quoted" word"""
    faults = Faults(context.settings.allow_unknown_fields)
    from_ = check.text_string(
        faults,
        request.match_info.get("from"),
        "/path/from",
        required=True,
    )
    in_ = check.text_string(
        faults,
        request.match_info.get("in"),
        "/path/in",
        required=True,
    )
    id_ = check.text_string(faults, request.query.get("id"), "/query/id")
    body_ = check.text_string(faults, request.query.get("lambda"), "/query/lambda")
    upstream_ = check.text_string(
        faults,
        request.query.get("upstream"),
        "/query/upstream",
    )
    faults_ = check.text_string(faults, request.query.get("faults"), "/query/faults")
    context_ = check.text_string(faults, request.query.get("context"), "/query/context")
    request_ = check.text_string(faults, request.query.get("request"), "/query/request")
    arguments__ = check.text_string(
        faults,
        request.query.get("arguments"),
        "/query/arguments",
    )
    operations_ = check.text_string(
        faults,
        request.query.get("operations"),
        "/query/operations",
    )
    check_ = check.text_string(faults, request.query.get("check"), "/query/check")
    given_ = check.text_string(faults, request.query.get("given"), "/query/given")
    segment_ = check.text_string(faults, request.query.get("segment"), "/query/segment")
    pairs_ = check.text_string(faults, request.query.get("pairs"), "/query/pairs")
    x_request_start = check.text_string(
        faults,
        request.headers.get("X-Request-Start"),
        "/header/X-Request-Start",
    )
    faults.raise_any()
    return await operations.class_(
        context.settings_,
        from_=given(from_),
        in_=given(in_),
        id_=id_,
        body_=body_,
        upstream_=upstream_,
        faults_=faults_,
        context_=context_,
        request_=request_,
        arguments__=arguments__,
        operations_=operations_,
        check_=check_,
        given_=given_,
        segment_=segment_,
        pairs_=pairs_,
        x_request_start=x_request_start,
    )


async def list_(request: web.Request, context: Context) -> Reply:
    """PUT /class/{from}/{in}: A builtin"""
    faults = Faults(context.settings.allow_unknown_fields)
    from_ = check.text_string(
        faults,
        request.match_info.get("from"),
        "/path/from",
        required=True,
    )
    in_ = check.text_string(
        faults,
        request.match_info.get("in"),
        "/path/in",
        required=True,
    )
    inputs_ = check.text_boolean(faults, request.query.get("inputs"), "/query/inputs")
    body = inputs.list_(await json_body(request), faults)
    faults.raise_any()
    return await operations.list_(
        context.settings_,
        from_=given(from_),
        in_=given(in_),
        inputs_=inputs_,
        body=body,
    )


async def check_(request: web.Request, context: Context) -> Reply:
    """GET /check: The name of an emitted module"""
    return await operations.check_(context.settings_)


async def build_app_(request: web.Request, context: Context) -> Reply:
    """POST /pairs: The name of an emitted helper"""
    return await operations.pairs_(context.settings_)


async def given_(request: web.Request, context: Context) -> Reply:
    """GET /given: The name of another one"""
    return await operations.given_(context.settings_)


async def create_app_(request: web.Request, context: Context) -> Reply:
    """GET /main: The entry point"""
    return await operations.main(context.settings_)


async def n2fa(request: web.Request, context: Context) -> Reply:
    """GET /2fa: Starts with a digit"""
    return await operations.n2fa(context.settings_)


async def arguments(request: web.Request, context: Context) -> Reply:
    """GET /arguments: Ends with a hyphen"""
    return await operations.arguments(context.settings_)


async def adapters(request: web.Request, context: Context) -> Reply:
    """GET /command: A class of an emitted module"""
    return await operations.command(context.settings_)


SETTINGS: tuple[Route[Context], ...] = (
    Route("GET", "/class/{from}/{in}", "class", class_),
    Route("PUT", "/class/{from}/{in}", "list", list_),
    Route("GET", "/check", "check", check_),
    Route("POST", "/pairs", "build-app", build_app_),
    Route("GET", "/given", "given", given_),
    Route("GET", "/main", "create-app", create_app_),
    Route("GET", "/2fa", "2fa", n2fa),
    Route("GET", "/arguments", "arguments", arguments),
    Route("GET", "/command", "adapters", adapters),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "settings": (SETTINGS, "openapi.json"),
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
