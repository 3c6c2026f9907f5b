"""The operations of Depot: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .settings import Settings
    from .upstream import Upstream


async def get_parcel(upstream: Upstream, *, number: str) -> Reply:
    """get-parcel (GET /parcels/{number})."""
    return await upstream.send("GET", f"/parcels/{segment(number)}")


async def get_door(upstream: Upstream, *, settings: Settings) -> Reply:
    """get-door (GET /doors/{{env.DEPOT_TOKEN}})."""
    return await upstream.send(
        "GET",
        f"/doors/{segment(settings.depot_token.reveal())}",
    )
