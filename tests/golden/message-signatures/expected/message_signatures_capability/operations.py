"""The operations of Orders and receipts: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import Reply
from .wire import fields, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def add_order(upstream: Upstream, *, item: str | None = None) -> Reply:
    """addOrder (POST /orders)."""
    return await upstream.send(
        "POST",
        "/orders",
        query=pairs(("page", "1")),
        headers=fields(("X-Shop", "north")),
        body=object_of(("item", item)),
    )


async def get_receipt(upstream: Upstream, *, id_: str) -> Reply:
    """getReceipt (GET /receipts/{id})."""
    return await upstream.send("GET", f"/receipts/{segment(id_)}")
