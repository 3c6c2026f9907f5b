"""The operations of Amazon DynamoDB as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_tables(arguments: JsonObject, context: Context) -> Reply:
    """list-tables: Names of the tables"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.list_tables(context.dynamodb, limit=limit)


async def describe_table(arguments: JsonObject, context: Context) -> Reply:
    """describe-table: Keys, size and state of a table"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("table",))
    table = arguments_.string(faults, arguments, "table")
    faults.raise_any()
    return await operations.describe_table(context.dynamodb, table=table)


async def get_item(arguments: JsonObject, context: Context) -> Reply:
    """get-item: One item of a table"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("table", "key"))
    table = arguments_.string(faults, arguments, "table")
    key = arguments_.object_(faults, arguments, "key")
    faults.raise_any()
    return await operations.get_item(context.dynamodb, table=table, key=key)


async def query_items(arguments: JsonObject, context: Context) -> Reply:
    """query-items: Items that a condition of the key lets through"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("table", "condition", "values"),
    )
    table = arguments_.string(faults, arguments, "table")
    condition = arguments_.string(faults, arguments, "condition")
    values = arguments_.object_(faults, arguments, "values")
    faults.raise_any()
    return await operations.query_items(
        context.dynamodb,
        table=table,
        condition=condition,
        values=values,
    )


async def put_item(arguments: JsonObject, context: Context) -> Reply:
    """put-item: Write an item, in the place of one with the same key"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("table", "item"))
    table = arguments_.string(faults, arguments, "table")
    item = arguments_.object_(faults, arguments, "item")
    faults.raise_any()
    return await operations.put_item(context.dynamodb, table=table, item=item)


async def delete_item(arguments: JsonObject, context: Context) -> Reply:
    """delete-item: Delete an item"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("table", "key"))
    table = arguments_.string(faults, arguments, "table")
    key = arguments_.object_(faults, arguments, "key")
    faults.raise_any()
    return await operations.delete_item(context.dynamodb, table=table, key=key)


COMMANDS: dict[str, Command[Context]] = {
    "list-tables": list_tables,
    "describe-table": describe_table,
    "get-item": get_item,
    "query-items": query_items,
    "put-item": put_item,
    "delete-item": delete_item,
}
