"""The REST adapters of Machines of many clouds: one handler for each route."""

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


async def describe_instances(request: web.Request, context: Context) -> Reply:
    """POST /machines: describeInstances"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.describe_instances(context.machines, limit=limit)


async def list_blobs(request: web.Request, context: Context) -> Reply:
    """GET /blobs/{container}: listBlobs"""
    faults = Faults(context.settings.allow_unknown_fields)
    container = check.text_string(
        faults,
        request.match_info.get("container"),
        "/path/container",
        required=True,
    )
    prefix = check.text_string(faults, request.query.get("prefix"), "/query/prefix")
    faults.raise_any()
    return await operations.list_blobs(
        context.blobs,
        container=given(container),
        prefix=prefix,
    )


async def list_users(request: web.Request, context: Context) -> Reply:
    """GET /users: listUsers"""
    faults = Faults(context.settings.allow_unknown_fields)
    limit = check.text_integer(faults, request.query.get("Limit"), "/query/Limit")
    faults.raise_any()
    return await operations.list_users(context.users, limit=limit)


async def describe_groups(request: web.Request, context: Context) -> Reply:
    """POST /groups: describeGroups"""
    faults = Faults(context.settings.allow_unknown_fields)
    region_id = check.text_string(
        faults,
        request.query.get("RegionId"),
        "/query/RegionId",
    )
    body = inputs.describe_groups(await json_body(request), faults)
    faults.raise_any()
    return await operations.describe_groups(
        context.groups,
        region_id=region_id,
        body=body,
    )


async def add_server(request: web.Request, context: Context) -> Reply:
    """POST /servers/{project}: addServer"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("name",))
    project = check.text_string(
        faults,
        request.match_info.get("project"),
        "/path/project",
        required=True,
    )
    name = arguments_.string(faults, arguments, "name")
    faults.raise_any()
    return await operations.add_server(
        context.servers,
        project=given(project),
        name=name,
    )


CLOUDS_REST: tuple[Route[Context], ...] = (
    Route("POST", "/machines", "describeInstances", describe_instances),
    Route("GET", "/blobs/{container}", "listBlobs", list_blobs),
    Route("GET", "/users", "listUsers", list_users),
    Route("POST", "/groups", "describeGroups", describe_groups),
    Route("POST", "/servers/{project}", "addServer", add_server),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "clouds-rest": (CLOUDS_REST, "openapi.json"),
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
