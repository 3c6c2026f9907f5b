"""The operations of Exchange rates: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format_csv import convert_csv
from .reply import Reply
from .wire import pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_rates(upstream: Upstream, *, date: str, raw: bool = False) -> Reply:
    """The rates of one day (GET /rates/{date})."""
    reply = await upstream.send(
        "GET",
        f"/rates/{segment(date)}",
        query=pairs(("format", "csv")),
    )
    if raw:
        return reply
    return convert_csv(reply)
