"""The operations of Depot stock: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonValue, Reply
from .wire import concat_given, cookies, fields, members, pairs, revealed

if TYPE_CHECKING:
    from .settings import Settings
    from .upstream import Upstream


async def add_item(
    upstream: Upstream,
    *,
    settings: Settings,
    sku: str,
    session: str | None = None,
    count: int | None = None,
    tags: list[JsonValue] | None = None,
    extra: JsonValue = None,
    place: str | None = None,
) -> Reply:
    """add-item (POST /items)."""
    return await upstream.send(
        "POST",
        "/items",
        query=pairs(("lang", "en")),
        headers=fields(
            ("X-Version", settings.stock_api_version.reveal()),
            ("Accept", "application/vnd.stock+json"),
            (
                "Cookie",
                cookies(
                    ("tenant", settings.stock_tenant.reveal()),
                    ("session", session),
                ),
            ),
        ),
        body=members(
            ("sku", sku),
            ("count", count),
            ("tags", tags),
            ("origin", "depot"),
            ("note", concat_given("from ", place)),
            ("extra", extra),
        ),
    )


async def find_items(
    upstream: Upstream,
    *,
    settings: Settings,
    lang: str | None = None,
    session: str | None = None,
) -> Reply:
    """find-items (GET /items)."""
    return await upstream.send(
        "GET",
        "/items",
        query=pairs(
            ("lang", lang),
            ("hint", concat_given("h-", revealed(settings.stock_hint))),
        ),
        headers=fields(
            ("X-Version", settings.stock_api_version.reveal()),
            ("Accept", "application/vnd.stock+json"),
            (
                "Cookie",
                cookies(
                    ("tenant", settings.stock_tenant.reveal()),
                    ("session", session),
                ),
            ),
        ),
    )
