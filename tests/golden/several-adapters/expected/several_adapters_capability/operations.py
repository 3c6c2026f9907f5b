"""The operations of Harbour: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_ships(upstream: Upstream) -> Reply:
    """All ships in the harbour (GET /ships)."""
    return await upstream.send("GET", "/ships")


async def free_berth(upstream: Upstream, *, berth: str) -> Reply:
    """Free a berth (DELETE /berths/{berth})."""
    return await upstream.send("DELETE", f"/berths/{segment(berth)}")
