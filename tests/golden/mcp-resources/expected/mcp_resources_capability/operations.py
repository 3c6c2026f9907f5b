"""The operations of Orders to read: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_line(
    upstream: Upstream,
    *,
    number: str,
    line: str,
    locale: str | None = None,
    tag: str | None = None,
) -> Reply:
    """get-line (GET /orders/{number}/lines/{line})."""
    return await upstream.send(
        "GET",
        f"/orders/{segment(number)}/lines/{segment(line)}",
        query=pairs(("locale", locale), ("tag", tag)),
    )


async def get_totals(upstream: Upstream, *, locale: str | None = None) -> Reply:
    """get-totals (GET /totals)."""
    return await upstream.send("GET", "/totals", query=pairs(("locale", locale)))


async def get_label(
    upstream: Upstream,
    *,
    number: str,
    locale: str | None = None,
) -> Reply:
    """get-label (GET /labels/{number})."""
    return await upstream.send(
        "GET",
        f"/labels/{segment(number)}",
        query=pairs(("locale", locale)),
    )
