"""The operations of Amazon S3 bucket: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format_binary import convert_binary
from .format_xml import convert_xml
from .payloads import content
from .reply import Reply
from .wire import fields, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_objects(
    upstream: Upstream,
    *,
    prefix: str | None = None,
    max_keys: int | None = None,
    start_after: str | None = None,
    raw: bool = False,
) -> Reply:
    """Keys of the bucket (GET /)."""
    reply = await upstream.send(
        "GET",
        "/",
        query=pairs(
            ("list-type", "2"),
            ("prefix", prefix),
            ("max-keys", max_keys),
            ("start-after", start_after),
        ),
    )
    if raw:
        return reply
    return convert_xml(reply)


async def get_object(
    upstream: Upstream,
    *,
    key: str,
    max_size: int = 10485760,
) -> Reply:
    """Download an object (GET /{key})."""
    reply = await upstream.send("GET", f"/{segment(key)}")
    return convert_binary(reply, max_size)


async def put_object(
    upstream: Upstream,
    *,
    key: str,
    text: str,
    x_amz_meta_note: str | None = None,
) -> Reply:
    """Upload an object (PUT /{key})."""
    return await upstream.send(
        "PUT",
        f"/{segment(key)}",
        headers=fields(
            ("Content-Type", "text/plain; charset=utf-8"),
            ("x-amz-meta-note", x_amz_meta_note),
        ),
        body=content("text/plain; charset=UTF-8", text),
    )


async def delete_object(upstream: Upstream, *, key: str) -> Reply:
    """Delete an object (DELETE /{key})."""
    return await upstream.send("DELETE", f"/{segment(key)}")
