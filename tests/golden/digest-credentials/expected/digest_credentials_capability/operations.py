"""The operations of Printer: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import JsonValue, Reply
from .wire import pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_jobs(upstream: Upstream, *, state: str | None = None) -> Reply:
    """listJobs (GET /jobs)."""
    return await upstream.send("GET", "/jobs", query=pairs(("state", state)))


async def add_job(upstream: Upstream, *, title: JsonValue = None) -> Reply:
    """addJob (POST /jobs)."""
    return await upstream.send("POST", "/jobs", body=object_of(("title", title)))
