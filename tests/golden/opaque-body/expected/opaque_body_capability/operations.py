"""The operations of Orders: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def replace_order(
    upstream: Upstream,
    *,
    id_: str,
    body: JsonObject | None = None,
) -> Reply:
    """Replace an order (PUT /orders/{id})."""
    return await upstream.send("PUT", f"/orders/{segment(id_)}", body=body)
