"""The operations of Depot: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_part(upstream: Upstream, *, id_: str) -> Reply:
    """getPart (GET /parts/{id})."""
    return await upstream.send("GET", f"/parts/{segment(id_)}")


async def order_part(
    upstream: Upstream,
    *,
    id_: str,
    count: int | None = None,
) -> Reply:
    """orderPart (POST /parts/{id})."""
    return await upstream.send(
        "POST",
        f"/parts/{segment(id_)}",
        body=object_of(("count", count)),
    )


async def move_stock(
    upstream: Upstream,
    *,
    from_: str | None = None,
    to: str | None = None,
) -> Reply:
    """moveStock (POST /stock)."""
    return await upstream.send(
        "POST",
        "/stock",
        body=object_of(("from", from_), ("to", to)),
    )


async def count_stock(upstream: Upstream) -> Reply:
    """countStock (GET /stock)."""
    return await upstream.send("GET", "/stock")
