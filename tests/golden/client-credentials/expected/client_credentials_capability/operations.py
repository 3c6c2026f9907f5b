"""The operations of Fleet: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import JsonValue, Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_ships(upstream: Upstream) -> Reply:
    """listShips (GET /ships)."""
    return await upstream.send("GET", "/ships")


async def add_ship(upstream: Upstream, *, name: JsonValue = None) -> Reply:
    """addShip (POST /ships)."""
    return await upstream.send("POST", "/ships", body=object_of(("name", name)))


async def list_people(upstream: Upstream) -> Reply:
    """listPeople (GET /people)."""
    return await upstream.send("GET", "/people")
