"""The operations of Spot account: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import Reply
from .wire import pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_account(
    upstream: Upstream,
    *,
    omit_zero_balances: str | None = None,
) -> Reply:
    """getAccount (GET /api/v3/account)."""
    return await upstream.send(
        "GET",
        "/api/v3/account",
        query=pairs(("omitZeroBalances", omit_zero_balances)),
    )


async def place_order(
    upstream: Upstream,
    *,
    symbol: str | None = None,
    side: str | None = None,
    quantity: str | None = None,
) -> Reply:
    """placeOrder (POST /api/v3/order)."""
    return await upstream.send(
        "POST",
        "/api/v3/order",
        body=object_of(("symbol", symbol), ("side", side), ("quantity", quantity)),
    )
