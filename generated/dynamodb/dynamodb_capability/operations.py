"""The operations of Amazon DynamoDB: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import JsonObject, Reply
from .wire import fields

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_tables(upstream: Upstream, *, limit: int | None = None) -> Reply:
    """Names of the tables (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        headers=fields(
            ("Content-Type", "application/x-amz-json-1.0"),
            ("X-Amz-Target", "DynamoDB_20120810.ListTables"),
        ),
        body=object_of(("Limit", limit)),
    )


async def describe_table(upstream: Upstream, *, table: str | None = None) -> Reply:
    """Keys, size and state of a table (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        headers=fields(
            ("Content-Type", "application/x-amz-json-1.0"),
            ("X-Amz-Target", "DynamoDB_20120810.DescribeTable"),
        ),
        body=object_of(("TableName", table)),
    )


async def get_item(
    upstream: Upstream,
    *,
    table: str | None = None,
    key: JsonObject | None = None,
) -> Reply:
    """One item of a table (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        headers=fields(
            ("Content-Type", "application/x-amz-json-1.0"),
            ("X-Amz-Target", "DynamoDB_20120810.GetItem"),
        ),
        body=object_of(("TableName", table), ("Key", key)),
    )


async def query_items(
    upstream: Upstream,
    *,
    table: str | None = None,
    condition: str | None = None,
    values: JsonObject | None = None,
) -> Reply:
    """Items that a condition of the key lets through (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        headers=fields(
            ("Content-Type", "application/x-amz-json-1.0"),
            ("X-Amz-Target", "DynamoDB_20120810.Query"),
        ),
        body=object_of(
            ("TableName", table),
            ("KeyConditionExpression", condition),
            ("ExpressionAttributeValues", values),
        ),
    )


async def put_item(
    upstream: Upstream,
    *,
    table: str | None = None,
    item: JsonObject | None = None,
) -> Reply:
    """Write an item, in the place of one with the same key (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        headers=fields(
            ("Content-Type", "application/x-amz-json-1.0"),
            ("X-Amz-Target", "DynamoDB_20120810.PutItem"),
        ),
        body=object_of(("TableName", table), ("Item", item)),
    )


async def delete_item(
    upstream: Upstream,
    *,
    table: str | None = None,
    key: JsonObject | None = None,
) -> Reply:
    """Delete an item (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        headers=fields(
            ("Content-Type", "application/x-amz-json-1.0"),
            ("X-Amz-Target", "DynamoDB_20120810.DeleteItem"),
        ),
        body=object_of(("TableName", table), ("Key", key)),
    )
