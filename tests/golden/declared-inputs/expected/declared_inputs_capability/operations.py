"""The operations of Orders: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, JsonValue, Reply
from .wire import concat_given, cookies, fields, members, pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_orders(
    upstream: Upstream,
    *,
    customer: str | None = None,
    channel: str | None = None,
    session: str | None = None,
) -> Reply:
    """Orders of a customer (GET /orders)."""
    return await upstream.send(
        "GET",
        "/orders",
        query=pairs(("customer", customer), ("channel", channel)),
        headers=fields(
            ("note", concat_given("by ", channel)),
            ("Cookie", cookies(("session", session))),
        ),
    )


async def add_order(
    upstream: Upstream,
    *,
    dry_run: bool | None = None,
    body: JsonObject | None = None,
) -> Reply:
    """A new order (POST /orders)."""
    return await upstream.send(
        "POST",
        "/orders",
        query=pairs(("dry-run", dry_run)),
        body=body,
    )


async def add_lines(upstream: Upstream, *, body_: list[JsonValue]) -> Reply:
    """Lines of an order (PUT /orders)."""
    return await upstream.send("PUT", "/orders", body=body_)


async def search_orders(
    upstream: Upstream,
    *,
    filter_: JsonObject | None = None,
    tags: list[JsonValue] | None = None,
    first: str | None = None,
    source: str | None = None,
) -> Reply:
    """Orders that a filter lets through (POST /orders)."""
    return await upstream.send(
        "POST",
        "/orders",
        body=members(
            ("filter", filter_),
            ("tags", tags),
            ("first", first),
            ("source", source),
        ),
    )
