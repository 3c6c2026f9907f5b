"""The operations of Machines of many clouds: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import JsonObject, Reply
from .wire import fields, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def describe_instances(upstream: Upstream, *, limit: int | None = None) -> Reply:
    """describeInstances (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        headers=fields(
            ("X-TC-Version", "2017-03-12"),
            ("X-TC-Region", "ap-guangzhou"),
            ("X-TC-Action", "DescribeInstances"),
        ),
        body=object_of(("Limit", limit)),
    )


async def list_blobs(
    upstream: Upstream,
    *,
    container: str,
    prefix: str | None = None,
) -> Reply:
    """listBlobs (GET /{container})."""
    return await upstream.send(
        "GET",
        f"/{segment(container)}",
        query=pairs(("restype", "container"), ("comp", "list"), ("prefix", prefix)),
    )


async def list_users(upstream: Upstream, *, limit: int | None = None) -> Reply:
    """listUsers (GET /)."""
    return await upstream.send(
        "GET",
        "/",
        query=pairs(
            ("Version", "2018-01-01"),
            ("Action", "ListUsers"),
            ("Limit", limit),
        ),
    )


async def describe_groups(
    upstream: Upstream,
    *,
    region_id: str | None = None,
    body: JsonObject | None = None,
) -> Reply:
    """describeGroups (POST /)."""
    return await upstream.send(
        "POST",
        "/",
        query=pairs(("RegionId", region_id)),
        headers=fields(("x-acs-action", "DescribeInstances")),
        body=body,
    )


async def add_server(
    upstream: Upstream,
    *,
    project: str,
    name: str | None = None,
) -> Reply:
    """addServer (POST /{project}/servers)."""
    return await upstream.send(
        "POST",
        f"/{segment(project)}/servers",
        body=object_of(("name", name)),
    )
