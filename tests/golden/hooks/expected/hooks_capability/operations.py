"""The operations of Trading desk: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import Reply
from .wire import fields, pairs

if TYPE_CHECKING:
    from .settings import Settings
    from .upstream import Upstream


async def get_account(
    upstream: Upstream,
    *,
    omit_zero_balances: str | None = None,
) -> Reply:
    """What the account holds (GET /api/v3/account)."""
    return await upstream.send(
        "GET",
        "/api/v3/account",
        query=pairs(("omitZeroBalances", omit_zero_balances)),
    )


async def add_headline(
    upstream: Upstream,
    *,
    settings: Settings,
    title: str | None = None,
) -> Reply:
    """Add a headline (POST /headlines)."""
    return await upstream.send(
        "POST",
        "/headlines",
        headers=fields(("X-Team-Key", settings.news_team.reveal())),
        body=object_of(("title", title)),
    )
