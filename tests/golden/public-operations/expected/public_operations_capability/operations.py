"""The operations of Clock and balance: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_time(upstream: Upstream) -> Reply:
    """The time of the server (GET /0/public/Time)."""
    return await upstream.send_public("GET", "/0/public/Time")


async def get_balance(upstream: Upstream, *, body: JsonObject | None = None) -> Reply:
    """The balance of the account (POST /0/private/Balance).

    Lists how much of each asset the account holds, as a map from asset to decimal
    string; it does not subtract what open orders hold (the extended balance does).

    Needs the permission: Funds: Query.
    """
    return await upstream.send("POST", "/0/private/Balance", body=body)
