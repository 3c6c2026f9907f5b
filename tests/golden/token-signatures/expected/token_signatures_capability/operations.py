"""The operations of Apps and statements: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import Reply
from .wire import pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_apps(upstream: Upstream, *, limit: int | None = None) -> Reply:
    """listApps (GET /v1/apps)."""
    return await upstream.send("GET", "/v1/apps", query=pairs(("limit", limit)))


async def add_entry(upstream: Upstream, *, text: str | None = None) -> Reply:
    """addEntry (POST /entries)."""
    return await upstream.send("POST", "/entries", body=object_of(("text", text)))
