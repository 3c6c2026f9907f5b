"""The operations of Ledger: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_entries(upstream: Upstream) -> Reply:
    """listEntries (GET /entries)."""
    return await upstream.send("GET", "/entries")
