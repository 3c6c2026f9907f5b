"""The operations of Tides: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_tides(upstream: Upstream) -> Reply:
    """listTides (GET /tides)."""
    return await upstream.send("GET", "/tides")
