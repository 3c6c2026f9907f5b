"""The operations of Prices and orders: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_open_orders(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Open orders (POST /0/private/OpenOrders).

    Lists the orders that are still open or pending, by order id, with price, volume and
    what has been executed so far.

    Needs the permission: Query open orders & trades.
    """
    return await upstream.send("POST", "/0/private/OpenOrders", body=body)


async def get_headlines(upstream: Upstream) -> Reply:
    """getHeadlines (GET /headlines)."""
    return await upstream.send("GET", "/headlines")


async def get_time(upstream: Upstream) -> Reply:
    """getTime (GET /now)."""
    return await upstream.send("GET", "/now")
