"""The MCP adapters of Amazon DynamoDB: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, operations
from . import arguments as arguments_
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def list_tables(arguments: JsonObject, context: Context) -> Reply:
    """Tool list-tables: Names of the tables"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit", required=True)
    faults.raise_any()
    return await operations.list_tables(context.dynamodb, limit=limit)


async def describe_table(arguments: JsonObject, context: Context) -> Reply:
    """Tool describe-table: Keys, size and state of a table"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("table",))
    table = arguments_.string(faults, arguments, "table", required=True)
    faults.raise_any()
    return await operations.describe_table(context.dynamodb, table=table)


async def get_item(arguments: JsonObject, context: Context) -> Reply:
    """Tool get-item: One item of a table"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("table", "key"))
    table = arguments_.string(faults, arguments, "table", required=True)
    key = arguments_.object_(faults, arguments, "key", required=True)
    faults.raise_any()
    return await operations.get_item(context.dynamodb, table=table, key=key)


async def query_items(arguments: JsonObject, context: Context) -> Reply:
    """Tool query-items: Items that a condition of the key lets through"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("table", "condition", "values"),
    )
    table = arguments_.string(faults, arguments, "table", required=True)
    condition = arguments_.string(faults, arguments, "condition", required=True)
    values = arguments_.object_(faults, arguments, "values", required=True)
    faults.raise_any()
    return await operations.query_items(
        context.dynamodb,
        table=table,
        condition=condition,
        values=values,
    )


async def put_item(arguments: JsonObject, context: Context) -> Reply:
    """Tool put-item: Write an item, in the place of one with the same key"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("table", "item"))
    table = arguments_.string(faults, arguments, "table", required=True)
    item = arguments_.object_(faults, arguments, "item", required=True)
    faults.raise_any()
    return await operations.put_item(context.dynamodb, table=table, item=item)


async def delete_item(arguments: JsonObject, context: Context) -> Reply:
    """Tool delete-item: Delete an item"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("table", "key"))
    table = arguments_.string(faults, arguments, "table", required=True)
    key = arguments_.object_(faults, arguments, "key", required=True)
    faults.raise_any()
    return await operations.delete_item(context.dynamodb, table=table, key=key)


TABLES_TOOLS: dict[str, Command[Context]] = {
    "list-tables": list_tables,
    "describe-table": describe_table,
    "get-item": get_item,
    "query-items": query_items,
    "put-item": put_item,
    "delete-item": delete_item,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "tables-tools": (TABLES_TOOLS, "tools.json", "DynamoDB for agents."),
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
        title="Amazon DynamoDB",
        version=__version__,
        instructions=instructions,
    )
