"""The operations of Shipments: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, JsonValue, Reply
from .wire import members, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_shipments(
    upstream: Upstream,
    *,
    state: str | None = None,
    number: str | None = None,
) -> Reply:
    """list-shipments (GET /shipments)."""
    return await upstream.send(
        "GET",
        "/shipments",
        query=pairs(("state", state), ("number", number)),
    )


async def book(upstream: Upstream, *, item: JsonValue = None) -> Reply:
    """book (POST /shipments)."""
    return await upstream.send("POST", "/shipments", body=members(("item", item)))


async def get_shipment(upstream: Upstream, *, number: str) -> Reply:
    """get-shipment (GET /shipments/{number})."""
    return await upstream.send("GET", f"/shipments/{segment(number)}")


async def repeat(
    upstream: Upstream,
    *,
    number: str,
    body: JsonObject | None = None,
) -> Reply:
    """repeat (POST /shipments/{number})."""
    return await upstream.send("POST", f"/shipments/{segment(number)}", body=body)


async def get_depot(upstream: Upstream, *, depot: str) -> Reply:
    """get-depot (GET /depots/{depot})."""
    return await upstream.send("GET", f"/depots/{segment(depot)}")
