"""The operations of Fleet: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_ship(upstream: Upstream, *, imo: str) -> Reply:
    """One ship (GET /ships/{imo})."""
    return await upstream.send("GET", f"/ships/{segment(imo)}")


async def list_crew(
    upstream: Upstream,
    *,
    ship: str | None = None,
    limit: int | None = None,
) -> Reply:
    """The crew of a ship (GET /crew)."""
    return await upstream.send(
        "GET",
        "/crew",
        query=pairs(("ship", ship), ("limit", limit)),
    )
