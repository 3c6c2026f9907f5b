"""The operations of Fleet: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonValue, Reply
from .wire import members, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_ship(upstream: Upstream, *, imo: str) -> Reply:
    """One ship (GET /ships/{imo})."""
    return await upstream.send("GET", f"/ships/{segment(imo)}")


async def get_owner(
    upstream: Upstream,
    *,
    owner: str,
    view: str | None = None,
) -> Reply:
    """The owner of a ship (GET /owners/{owner})."""
    return await upstream.send(
        "GET",
        f"/owners/{segment(owner)}",
        query=pairs(("view", view)),
    )


async def list_crew(upstream: Upstream, *, limit: int | None = None) -> Reply:
    """All crews (GET /crew)."""
    return await upstream.send("GET", "/crew", query=pairs(("limit", limit)))


async def add_note(
    upstream: Upstream,
    *,
    text: JsonValue = None,
    about: JsonValue = None,
) -> Reply:
    """Leave a note (POST /notes)."""
    return await upstream.send(
        "POST",
        "/notes",
        body=members(("text", text), ("about", about)),
    )
