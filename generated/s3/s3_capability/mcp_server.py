"""The MCP adapters of Amazon S3 bucket: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, commands, operations
from . import arguments as arguments_
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def list_objects(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-objects: Keys of the bucket"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("prefix", "max-keys", "start-after"),
    )
    prefix = arguments_.string(faults, arguments, "prefix")
    max_keys = arguments_.integer(faults, arguments, "max-keys")
    start_after = arguments_.string(faults, arguments, "start-after")
    faults.raise_any()
    return await operations.list_objects(
        context.bucket,
        prefix=prefix,
        max_keys=max_keys,
        start_after=start_after,
        raw=True,
    )


async def get_object(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-object: Download an object"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("key",))
    key = arguments_.string(faults, arguments, "key", required=True)
    faults.raise_any()
    return await operations.get_object(context.bucket, key=given(key), max_size=1048576)


OBJECTS_TOOLS: dict[str, Command[Context]] = {
    "list-objects": list_objects,
    "get-object": get_object,
    "put-object": commands.put_object,
    "delete-object": commands.delete_object,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "objects-tools": (OBJECTS_TOOLS, "tools.json", "The bucket for agents."),
}


def create_server(namespace: str, context: Context) -> Server[Any]:
    """The server of the adapter `namespace`; KeyError for an unknown one."""
    handlers, contract, instructions = ADAPTERS[namespace]
    tools = read_tools(read_contract(contract), handlers)
    chosen = context.settings
    return build_server(
        allowed(tools, chosen.mcp_tools, read_only=chosen.safeguards.read_only),
        context,
        name=namespace,
        title="Amazon S3 bucket",
        version=__version__,
        instructions=instructions,
    )
