"""The operations of Weather: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import fields, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_forecast(
    upstream: Upstream,
    *,
    station: int,
    days: int,
    x_account: str,
    metric: bool | None = None,
    scale: float | None = None,
    lang: str | None = None,
) -> Reply:
    """The forecast of a station (GET /stations/{station}/forecast)."""
    return await upstream.send(
        "GET",
        f"/stations/{segment(station)}/forecast",
        query=pairs(
            ("days", days),
            ("metric", metric),
            ("scale", scale),
            ("lang", lang),
        ),
        headers=fields(("X-Client", "naftiko"), ("X-Account", x_account)),
    )
