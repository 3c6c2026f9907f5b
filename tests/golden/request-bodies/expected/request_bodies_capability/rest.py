"""The REST adapters of Notes: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def send_json(request: web.Request, context: Context) -> Reply:
    """POST /json: send-json"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("title", "tag", "who", "count"),
    )
    title = arguments_.anything(faults, arguments, "title")
    tag = arguments_.anything(faults, arguments, "tag")
    who = arguments_.string(faults, arguments, "who")
    count = arguments_.anything(faults, arguments, "count")
    faults.raise_any()
    return await operations.send_json(
        context.notes,
        settings=context.settings,
        title=title,
        tag=tag,
        who=who,
        count=count,
    )


async def send_json_text(request: web.Request, context: Context) -> Reply:
    """POST /json-text: send-json-text"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("title", "who", "count", "meta"),
    )
    title = arguments_.string(faults, arguments, "title", required=True)
    who = arguments_.string(faults, arguments, "who", required=True)
    count = arguments_.anything(faults, arguments, "count", required=True)
    meta = arguments_.anything(faults, arguments, "meta", required=True)
    faults.raise_any()
    return await operations.send_json_text(
        context.notes,
        title=given(title),
        who=given(who),
        count=given(count),
        meta=given(meta),
    )


async def send_text(request: web.Request, context: Context) -> Reply:
    """POST /text: send-text"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("who",))
    who = arguments_.string(faults, arguments, "who", required=True)
    faults.raise_any()
    return await operations.send_text(context.notes, who=given(who))


async def send_xml(request: web.Request, context: Context) -> Reply:
    """POST /xml: send-xml"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("who", "title"))
    who = arguments_.string(faults, arguments, "who", required=True)
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_xml(context.notes, who=given(who), title=given(title))


async def send_sparql(request: web.Request, context: Context) -> Reply:
    """POST /sparql: send-sparql"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("id", "title"))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_sparql(
        context.notes,
        id_=given(id_),
        title=given(title),
    )


async def send_form(request: web.Request, context: Context) -> Reply:
    """POST /form: send-form"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("title", "who"))
    title = arguments_.anything(faults, arguments, "title")
    who = arguments_.string(faults, arguments, "who")
    faults.raise_any()
    return await operations.send_form(context.notes, title=title, who=who)


async def send_form_text(request: web.Request, context: Context) -> Reply:
    """POST /form-text: send-form-text"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_form_text(context.notes, title=given(title))


async def send_multipart(request: web.Request, context: Context) -> Reply:
    """POST /multipart: send-multipart"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("title", "who", "text", "more"),
    )
    title = arguments_.string(faults, arguments, "title")
    who = arguments_.string(faults, arguments, "who")
    text = arguments_.string(faults, arguments, "text")
    more = arguments_.string(faults, arguments, "more")
    faults.raise_any()
    return await operations.send_multipart(
        context.notes,
        title=title,
        who=who,
        text=text,
        more=more,
    )


async def send_raw(request: web.Request, context: Context) -> Reply:
    """POST /raw: send-raw"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_raw(context.notes, title=given(title))


async def send_raw_xml(request: web.Request, context: Context) -> Reply:
    """POST /raw-xml: send-raw-xml"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_raw_xml(context.notes, title=given(title))


async def send_passed(request: web.Request, context: Context) -> Reply:
    """POST /passed: send-passed"""
    faults = Faults(context.settings.allow_unknown_fields)
    body = inputs.send_passed(await json_body(request), faults)
    faults.raise_any()
    return await operations.send_passed(context.notes, body=body)


NOTES_REST: tuple[Route[Context], ...] = (
    Route("POST", "/json", "send-json", send_json),
    Route("POST", "/json-text", "send-json-text", send_json_text),
    Route("POST", "/text", "send-text", send_text),
    Route("POST", "/xml", "send-xml", send_xml),
    Route("POST", "/sparql", "send-sparql", send_sparql),
    Route("POST", "/form", "send-form", send_form),
    Route("POST", "/form-text", "send-form-text", send_form_text),
    Route("POST", "/multipart", "send-multipart", send_multipart),
    Route("POST", "/raw", "send-raw", send_raw),
    Route("POST", "/raw-xml", "send-raw-xml", send_raw_xml),
    Route("POST", "/passed", "send-passed", send_passed),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "notes-rest": (NOTES_REST, "openapi.json"),
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
