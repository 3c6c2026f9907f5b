"""The operations of Harbour office: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def next_tide(upstream: Upstream) -> Reply:
    """The next high water (GET /next)."""
    return await upstream.send("GET", "/next")


async def get_ship(upstream: Upstream, *, imo: str) -> Reply:
    """One ship by its number (GET /ships/{imo})."""
    return await upstream.send("GET", f"/ships/{segment(imo)}")
