"""The REST adapters of Amazon S3 bucket: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, mappings, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_objects(request: web.Request, context: Context) -> Reply:
    """GET /objects: Keys of the bucket"""
    faults = Faults(context.settings.allow_unknown_fields)
    prefix = check.text_string(faults, request.query.get("prefix"), "/query/prefix")
    max_keys = check.text_integer(
        faults,
        request.query.get("max-keys"),
        "/query/max-keys",
    )
    start_after = check.text_string(
        faults,
        request.query.get("start-after"),
        "/query/start-after",
    )
    faults.raise_any()
    reply = await operations.list_objects(
        context.bucket,
        prefix=prefix,
        max_keys=max_keys,
        start_after=start_after,
    )
    return mapped(reply, mappings.list_objects)


async def get_object(request: web.Request, context: Context) -> Reply:
    """GET /objects/{key}: Download an object"""
    faults = Faults(context.settings.allow_unknown_fields)
    key = check.text_string(
        faults,
        request.match_info.get("key"),
        "/path/key",
        required=True,
    )
    faults.raise_any()
    return await operations.get_object(
        context.bucket,
        key=given(key),
        max_size=67108864,
    )


async def put_object(request: web.Request, context: Context) -> Reply:
    """PUT /objects/{key}: Upload a text as an object"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("text",))
    key = check.text_string(
        faults,
        request.match_info.get("key"),
        "/path/key",
        required=True,
    )
    x_amz_meta_note = check.text_string(
        faults,
        request.headers.get("x-amz-meta-note"),
        "/header/x-amz-meta-note",
    )
    text = arguments_.string(faults, arguments, "text", required=True)
    faults.raise_any()
    return await operations.put_object(
        context.bucket,
        key=given(key),
        x_amz_meta_note=x_amz_meta_note,
        text=given(text),
    )


async def delete_object(request: web.Request, context: Context) -> Reply:
    """DELETE /objects/{key}: Delete an object"""
    faults = Faults(context.settings.allow_unknown_fields)
    key = check.text_string(
        faults,
        request.match_info.get("key"),
        "/path/key",
        required=True,
    )
    faults.raise_any()
    return await operations.delete_object(context.bucket, key=given(key))


OBJECTS: tuple[Route[Context], ...] = (
    Route("GET", "/objects", "list-objects", list_objects),
    Route("GET", "/objects/{key}", "get-object", get_object),
    Route("PUT", "/objects/{key}", "put-object", put_object),
    Route("DELETE", "/objects/{key}", "delete-object", delete_object),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "objects": (OBJECTS, "openapi.json"),
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
