"""The operations of Search: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, JsonValue, Reply
from .wire import fields, members, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def search(
    upstream: Upstream,
    *,
    shelf: str,
    exact: bool | None = None,
    session: str | None = None,
    weight: float | None = None,
    words: list[JsonValue] | None = None,
    filter_: JsonObject | None = None,
) -> Reply:
    """Search a shelf (POST /search/{shelf})."""
    return await upstream.send(
        "POST",
        f"/search/{segment(shelf)}",
        query=pairs(("exact", exact)),
        headers=fields(("session", session)),
        body=members(("weight", weight), ("words", words), ("filter", filter_)),
    )
