"""The operations of Quay: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_ship(upstream: Upstream, *, ship: str) -> Reply:
    """One ship (GET /ships/{ship})."""
    return await upstream.send("GET", f"/ships/{segment(ship)}")


async def list_cranes(upstream: Upstream) -> Reply:
    """All cranes (GET /cranes)."""
    return await upstream.send("GET", "/cranes")


async def next_tide(upstream: Upstream) -> Reply:
    """The next tide (GET /next)."""
    return await upstream.send("GET", "/next")
