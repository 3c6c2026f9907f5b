"""The operations of Parcels: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import fields, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_parcel(
    upstream: Upstream,
    *,
    depot_id: str,
    number: int,
    page_size: int,
    fresh: bool | None = None,
    x_trace: str | None = None,
) -> Reply:
    """One parcel (GET /depots/{depot-id}/parcels/{{number}})."""
    return await upstream.send(
        "GET",
        f"/depots/{segment(depot_id)}/parcels/{segment(number)}",
        query=pairs(("page-size", page_size), ("fresh", fresh), ("format", "full")),
        headers=fields(("X-Trace", x_trace)),
    )


async def delete_label(upstream: Upstream, *, id_: str) -> Reply:
    """deleteLabel (DELETE /labels/{id})."""
    return await upstream.send("DELETE", f"/labels/{segment(id_)}")
