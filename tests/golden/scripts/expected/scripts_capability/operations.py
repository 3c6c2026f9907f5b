"""The operations of Ranking: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import JsonValue, Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_ships(upstream: Upstream) -> Reply:
    """All ships (GET /ships)."""
    return await upstream.send("GET", "/ships")


async def book_berth(upstream: Upstream, *, ship: JsonValue = None) -> Reply:
    """Book a berth (POST /ships)."""
    return await upstream.send("POST", "/ships", body=object_of(("ship", ship)))
