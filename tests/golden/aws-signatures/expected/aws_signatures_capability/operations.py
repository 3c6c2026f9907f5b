"""The operations of Tables and files: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import Reply
from .wire import fields, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_tables(upstream: Upstream, *, limit: int | None = None) -> Reply:
    """listTables (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        headers=fields(
            ("Content-Type", "application/x-amz-json-1.0"),
            ("X-Amz-Target", "DynamoDB_20120810.ListTables"),
        ),
        body=object_of(("Limit", limit)),
    )


async def list_files(upstream: Upstream, *, prefix: str | None = None) -> Reply:
    """listFiles (GET /)."""
    return await upstream.send("GET", "/", query=pairs(("prefix", prefix)))


async def get_file(upstream: Upstream, *, key: str) -> Reply:
    """getFile (GET /{key})."""
    return await upstream.send("GET", f"/{segment(key)}")
