"""The operations of Machines of many clouds as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def describe_instances(arguments: JsonObject, context: Context) -> Reply:
    """describe-instances: describeInstances"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.describe_instances(context.machines, limit=limit)


async def list_blobs(arguments: JsonObject, context: Context) -> Reply:
    """list-blobs: listBlobs"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("container", "prefix"),
    )
    container = arguments_.string(faults, arguments, "container", required=True)
    prefix = arguments_.string(faults, arguments, "prefix")
    faults.raise_any()
    return await operations.list_blobs(
        context.blobs,
        container=given(container),
        prefix=prefix,
    )


async def list_users(arguments: JsonObject, context: Context) -> Reply:
    """list-users: listUsers"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("Limit",))
    limit = arguments_.integer(faults, arguments, "Limit")
    faults.raise_any()
    return await operations.list_users(context.users, limit=limit)


async def describe_groups(arguments: JsonObject, context: Context) -> Reply:
    """describe-groups: describeGroups"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("RegionId", "body"))
    region_id = arguments_.string(faults, arguments, "RegionId")
    body = inputs.describe_groups(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.describe_groups(
        context.groups,
        region_id=region_id,
        body=body,
    )


async def add_server(arguments: JsonObject, context: Context) -> Reply:
    """add-server: addServer"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("project", "name"))
    project = arguments_.string(faults, arguments, "project", required=True)
    name = arguments_.string(faults, arguments, "name")
    faults.raise_any()
    return await operations.add_server(
        context.servers,
        project=given(project),
        name=name,
    )


COMMANDS: dict[str, Command[Context]] = {
    "describe-instances": describe_instances,
    "list-blobs": list_blobs,
    "list-users": list_users,
    "describe-groups": describe_groups,
    "add-server": add_server,
}
