"""The operations of Quotes: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_quote(upstream: Upstream) -> Reply:
    """getQuote (GET /today)."""
    return await upstream.send("GET", "/today")
