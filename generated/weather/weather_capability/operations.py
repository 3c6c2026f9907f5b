"""The operations of Weather: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_forecast(
    upstream: Upstream,
    *,
    station: str,
    days: str | None = None,
) -> Reply:
    """The forecast of one station (GET /forecasts/{station})."""
    return await upstream.send(
        "GET",
        f"/forecasts/{segment(station)}",
        query=pairs(("days", days)),
    )


async def list_stations(upstream: Upstream) -> Reply:
    """All stations (GET /stations)."""
    return await upstream.send("GET", "/stations")


async def get_warnings(upstream: Upstream) -> Reply:
    """What is warned of today, and the ids of the stations concerned (GET
    /warnings).
    """
    return await upstream.send("GET", "/warnings")
