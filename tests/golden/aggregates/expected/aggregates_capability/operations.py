"""The operations of Ships: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_ship(upstream: Upstream, *, imo: str, lang: str | None = None) -> Reply:
    """One ship (GET /ships/{imo})."""
    return await upstream.send(
        "GET",
        f"/ships/{segment(imo)}",
        query=pairs(("lang", lang)),
    )


async def drop_ship(upstream: Upstream, *, imo: str) -> Reply:
    """dropShip (DELETE /ships/{imo})."""
    return await upstream.send("DELETE", f"/ships/{segment(imo)}")


async def list_crew(upstream: Upstream, *, ship: str) -> Reply:
    """listCrew (GET /crews)."""
    return await upstream.send("GET", "/crews", query=pairs(("ship", ship)))
