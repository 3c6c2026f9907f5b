"""The operations of Parcel: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_parcel(upstream: Upstream, *, number: str) -> Reply:
    """One parcel (GET /parcels/{number})."""
    return await upstream.send("GET", f"/parcels/{segment(number)}")
