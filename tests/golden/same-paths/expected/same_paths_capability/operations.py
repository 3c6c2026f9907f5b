"""The operations of Two shops: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format_csv import convert_csv
from .payloads import object_of
from .reply import JsonValue, Reply

if TYPE_CHECKING:
    from .settings import Settings
    from .upstream import Upstream


async def north_list_items(upstream: Upstream) -> Reply:
    """listItems (GET /items)."""
    return await upstream.send("GET", "/items")


async def add_item(
    upstream: Upstream,
    *,
    settings: Settings,
    name: JsonValue = None,
) -> Reply:
    """addItem (POST /items)."""
    return await upstream.send(
        "POST",
        "/items",
        body=object_of(("name", name), ("tenant", settings.shop_tenant.reveal())),
    )


async def south_list_items(upstream: Upstream) -> Reply:
    """listItems (GET /items)."""
    reply = await upstream.send("GET", "/items")
    return convert_csv(reply)


async def east_list_items(upstream: Upstream) -> Reply:
    """listItems (GET /items)."""
    return await upstream.send("GET", "/items")
