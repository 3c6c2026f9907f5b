"""The operations of Archive: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_boxes(upstream: Upstream) -> Reply:
    """listBoxes (GET /boxes)."""
    return await upstream.send("GET", "/boxes")
