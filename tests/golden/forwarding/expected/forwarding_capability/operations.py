"""The operations of Depot: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import concat, cookies, fields, pairs, segment

if TYPE_CHECKING:
    from .settings import Settings
    from .upstream import Upstream


async def get_crate(
    upstream: Upstream,
    *,
    settings: Settings,
    crate: str,
    lang: str | None = None,
) -> Reply:
    """One crate (GET /crates/{crate})."""
    return await upstream.send(
        "GET",
        f"/crates/{segment(crate)}",
        query=pairs(("format", "full"), ("lang", lang)),
        headers=fields(
            ("X-Tenant", concat("t-", settings.depot_tenant.reveal())),
            ("Cookie", cookies(("theme", "dark"))),
        ),
    )
