"""The operations of Orders: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_order(upstream: Upstream, *, id_: str) -> Reply:
    """One order (GET /orders/{id})."""
    return await upstream.send("GET", f"/orders/{segment(id_)}")


async def list_orders(upstream: Upstream) -> Reply:
    """All orders (GET /orders)."""
    return await upstream.send("GET", "/orders")
