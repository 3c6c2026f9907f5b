"""The operations of Parcel desk: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_parcel(upstream: Upstream, *, number: str) -> Reply:
    """A parcel and its last event (GET /parcels/{number})."""
    return await upstream.send("GET", f"/parcels/{segment(number)}")


async def get_depot(upstream: Upstream, *, depot: str) -> Reply:
    """A depot and its opening hours (GET /depots/{depot})."""
    return await upstream.send("GET", f"/depots/{segment(depot)}")
