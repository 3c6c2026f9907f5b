"""The operations of Depot: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_parcels(upstream: Upstream) -> Reply:
    """All parcels (GET /parcels)."""
    return await upstream.send("GET", "/parcels")
