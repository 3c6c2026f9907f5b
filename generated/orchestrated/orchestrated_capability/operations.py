"""The operations of Orders: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_products(upstream: Upstream) -> Reply:
    """All products (GET /products)."""
    return await upstream.send("GET", "/products")


async def get_order(upstream: Upstream, *, order: str) -> Reply:
    """One order (GET /orders/{order})."""
    return await upstream.send("GET", f"/orders/{segment(order)}")


async def get_customer(upstream: Upstream, *, customer: str) -> Reply:
    """One customer (GET /customers/{customer})."""
    return await upstream.send("GET", f"/customers/{segment(customer)}")
