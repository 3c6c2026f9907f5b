"""The REST adapters of Amazon DynamoDB: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, json_text, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .patterns import check_pattern
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_tables(request: web.Request, context: Context) -> Reply:
    """GET /tables: Names of the tables"""
    faults = Faults(context.settings.allow_unknown_fields)
    limit = check.text_integer(faults, request.query.get("limit"), "/query/limit")
    faults.raise_any()
    return await operations.list_tables(context.dynamodb, limit=limit)


async def describe_table(request: web.Request, context: Context) -> Reply:
    """GET /tables/{table}: Keys, size and state of a table"""
    faults = Faults(context.settings.allow_unknown_fields)
    table = check.text_string(faults, request.match_info.get("table"), "/path/table")
    check_pattern(faults, table, "/path/table", "^[a-zA-Z0-9_.-]{3,255}$")
    faults.raise_any()
    return await operations.describe_table(context.dynamodb, table=table)


async def get_item(request: web.Request, context: Context) -> Reply:
    """GET /tables/{table}/items: One item of a table"""
    faults = Faults(context.settings.allow_unknown_fields)
    table = check.text_string(faults, request.match_info.get("table"), "/path/table")
    check_pattern(faults, table, "/path/table", "^[a-zA-Z0-9_.-]{3,255}$")
    key = json_text.object_(faults, request.query.get("key"), "/query/key")
    faults.raise_any()
    return await operations.get_item(context.dynamodb, table=table, key=key)


async def put_item(request: web.Request, context: Context) -> Reply:
    """PUT /tables/{table}/items: Write an item, in the place of one with the same
    key
    """
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(faults, arguments, "", required=True, known=("item",))
    table = check.text_string(faults, request.match_info.get("table"), "/path/table")
    check_pattern(faults, table, "/path/table", "^[a-zA-Z0-9_.-]{3,255}$")
    item = arguments_.object_(faults, arguments, "item")
    faults.raise_any()
    return await operations.put_item(context.dynamodb, table=table, item=item)


async def delete_item(request: web.Request, context: Context) -> Reply:
    """DELETE /tables/{table}/items: Delete an item"""
    faults = Faults(context.settings.allow_unknown_fields)
    table = check.text_string(faults, request.match_info.get("table"), "/path/table")
    check_pattern(faults, table, "/path/table", "^[a-zA-Z0-9_.-]{3,255}$")
    key = json_text.object_(faults, request.query.get("key"), "/query/key")
    faults.raise_any()
    return await operations.delete_item(context.dynamodb, table=table, key=key)


async def query_items(request: web.Request, context: Context) -> Reply:
    """POST /tables/{table}/queries: Items that a condition of the key lets through"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("condition", "values"),
    )
    table = check.text_string(faults, request.match_info.get("table"), "/path/table")
    check_pattern(faults, table, "/path/table", "^[a-zA-Z0-9_.-]{3,255}$")
    condition = arguments_.string(faults, arguments, "condition")
    values = arguments_.object_(faults, arguments, "values")
    faults.raise_any()
    return await operations.query_items(
        context.dynamodb,
        table=table,
        condition=condition,
        values=values,
    )


TABLES: tuple[Route[Context], ...] = (
    Route("GET", "/tables", "listTables", list_tables),
    Route("GET", "/tables/{table}", "describeTable", describe_table),
    Route("GET", "/tables/{table}/items", "getItem", get_item),
    Route("PUT", "/tables/{table}/items", "putItem", put_item),
    Route("DELETE", "/tables/{table}/items", "deleteItem", delete_item),
    Route("POST", "/tables/{table}/queries", "queryItems", query_items, reads=True),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "tables": (TABLES, "openapi.json"),
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
