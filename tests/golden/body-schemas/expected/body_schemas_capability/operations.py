"""The operations of Tickets: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def create_ticket(upstream: Upstream, *, body: JsonObject | None = None) -> Reply:
    """Create a ticket (POST /tickets).

    A ticket needs a title; everything else has a default.

    Needs the permission: Write tickets.
    """
    return await upstream.send("POST", "/tickets", body=body, cost=2.0)


async def search_tickets(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Search tickets (POST /tickets)."""
    return await upstream.send("POST", "/tickets", body=body)


async def update_ticket(
    upstream: Upstream,
    *,
    number: int,
    body: JsonObject | None = None,
) -> Reply:
    """Change a ticket (PATCH /tickets/{number})."""
    return await upstream.send("PATCH", f"/tickets/{segment(number)}", body=body)
