"""The operations of Orders and their skills: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_orders(upstream: Upstream) -> Reply:
    """list-orders (GET /orders)."""
    return await upstream.send("GET", "/orders")
