"""The operations of Ship register: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_ships(upstream: Upstream) -> Reply:
    """listShips (GET /ships)."""
    return await upstream.send("GET", "/ships")
