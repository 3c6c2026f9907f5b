"""The operations of Library: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import JsonValue, Reply
from .wire import concat, fields, pairs, segment

if TYPE_CHECKING:
    from .settings import Settings
    from .upstream import Upstream


async def list_books(upstream: Upstream, *, settings: Settings) -> Reply:
    """listBooks (GET /partners/{{PARTNER}}/books)."""
    return await upstream.send(
        "GET",
        f"/partners/{segment(settings.vault_partner.reveal())}/books",
        query=pairs(("tenant", concat("t-", settings.more_tenant.reveal()))),
        headers=fields(("X-Agent", settings.library_agent.reveal())),
    )


async def add_book(
    upstream: Upstream,
    *,
    settings: Settings,
    title: JsonValue = None,
) -> Reply:
    """addBook (POST /partners/{{PARTNER}}/books)."""
    return await upstream.send(
        "POST",
        f"/partners/{segment(settings.vault_partner.reveal())}/books",
        headers=fields(("X-Agent", settings.library_agent.reveal())),
        body=object_of(("title", title), ("by", settings.more_tenant.reveal())),
    )


async def list_boxes(upstream: Upstream) -> Reply:
    """listBoxes (GET /boxes)."""
    return await upstream.send("GET", "/boxes")
