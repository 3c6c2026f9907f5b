"""The operations of Regional shops: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_shop(upstream: Upstream, *, id_: str) -> Reply:
    """get-shop (GET /shops/{id})."""
    return await upstream.send("GET", f"/shops/{segment(id_)}")
