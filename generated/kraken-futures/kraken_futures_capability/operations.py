"""The operations of Kraken Futures: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import form
from .reply import Reply
from .wire import pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_ticker(upstream: Upstream, *, symbol: str) -> Reply:
    """Prices, volume and funding of a market (GET
    /derivatives/api/v3/tickers/{symbol}).
    """
    return await upstream.send_public(
        "GET",
        f"/derivatives/api/v3/tickers/{segment(symbol)}",
    )


async def get_book(upstream: Upstream, *, symbol: str) -> Reply:
    """The order book of a market (GET /derivatives/api/v3/orderbook)."""
    return await upstream.send_public(
        "GET",
        "/derivatives/api/v3/orderbook",
        query=pairs(("symbol", symbol)),
    )


async def get_accounts(upstream: Upstream) -> Reply:
    """Balances and margins of all wallets (GET /derivatives/api/v3/accounts)."""
    return await upstream.send("GET", "/derivatives/api/v3/accounts")


async def list_positions(upstream: Upstream) -> Reply:
    """Open positions (GET /derivatives/api/v3/openpositions)."""
    return await upstream.send("GET", "/derivatives/api/v3/openpositions")


async def list_fills(upstream: Upstream, *, last_fill_time: str | None = None) -> Reply:
    """Executions of orders, the latest first (GET /derivatives/api/v3/fills)."""
    return await upstream.send(
        "GET",
        "/derivatives/api/v3/fills",
        query=pairs(("lastFillTime", last_fill_time)),
    )


async def send_order(
    upstream: Upstream,
    *,
    symbol: str | None = None,
    side: str | None = None,
    size: float | None = None,
    limit_price: float | None = None,
    cli_ord_id: str | None = None,
) -> Reply:
    """Send a limit order (POST /derivatives/api/v3/sendorder)."""
    return await upstream.send(
        "POST",
        "/derivatives/api/v3/sendorder",
        body=form(
            ("orderType", "lmt"),
            ("symbol", symbol),
            ("side", side),
            ("size", size),
            ("limitPrice", limit_price),
            ("cliOrdId", cli_ord_id),
        ),
    )


async def cancel_order(upstream: Upstream, *, order_id: str | None = None) -> Reply:
    """Cancel an order (POST /derivatives/api/v3/cancelorder)."""
    return await upstream.send(
        "POST",
        "/derivatives/api/v3/cancelorder",
        body=form(("order_id", order_id)),
    )
