"""The operations of Maps: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def search(upstream: Upstream, *, q: str | None = None) -> Reply:
    """search (GET /search)."""
    return await upstream.send(
        "GET",
        "/search",
        query=pairs(("q", q), ("format", "json")),
    )
