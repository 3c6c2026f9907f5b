"""The operations of Guarded harbour: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_ships(upstream: Upstream, *, flag: str | None = None) -> Reply:
    """All ships in the harbour (GET /ships)."""
    return await upstream.send("GET", "/ships", query=pairs(("flag", flag)))
