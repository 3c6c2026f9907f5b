"""The operations of Binance Spot: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import form
from .reply import Reply
from .wire import pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_price(upstream: Upstream, *, symbol: str) -> Reply:
    """The last price of a market (GET /ticker/price)."""
    return await upstream.send_public(
        "GET",
        "/ticker/price",
        query=pairs(("symbol", symbol)),
    )


async def get_depth(
    upstream: Upstream,
    *,
    symbol: str,
    limit: int | None = None,
) -> Reply:
    """The order book of a market (GET /depth)."""
    return await upstream.send_public(
        "GET",
        "/depth",
        query=pairs(("symbol", symbol), ("limit", limit)),
    )


async def get_account(
    upstream: Upstream,
    *,
    omit_zero_balances: bool | None = None,
) -> Reply:
    """Balances and fees of the account (GET /account).

    Needs the permission: Enable Reading.
    """
    return await upstream.send(
        "GET",
        "/account",
        query=pairs(("omitZeroBalances", omit_zero_balances)),
    )


async def list_open_orders(upstream: Upstream, *, symbol: str | None = None) -> Reply:
    """Orders that are still open (GET /openOrders).

    Needs the permission: Enable Reading.
    """
    return await upstream.send("GET", "/openOrders", query=pairs(("symbol", symbol)))


async def list_trades(
    upstream: Upstream,
    *,
    symbol: str,
    order_id: int | None = None,
    limit: int | None = None,
) -> Reply:
    """Trades of the account in a market (GET /myTrades).

    Needs the permission: Enable Reading.
    """
    return await upstream.send(
        "GET",
        "/myTrades",
        query=pairs(("symbol", symbol), ("orderId", order_id), ("limit", limit)),
    )


async def place_order(
    upstream: Upstream,
    *,
    symbol: str | None = None,
    side: str | None = None,
    quantity: str | None = None,
    price: str | None = None,
    client_order_id: str | None = None,
) -> Reply:
    """Place a limit order (POST /order).

    Needs the permission: Enable Spot & Margin Trading.
    """
    return await upstream.send(
        "POST",
        "/order",
        body=form(
            ("symbol", symbol),
            ("side", side),
            ("type", "LIMIT"),
            ("timeInForce", "GTC"),
            ("quantity", quantity),
            ("price", price),
            ("newClientOrderId", client_order_id),
        ),
    )


async def cancel_order(upstream: Upstream, *, symbol: str, order_id: int) -> Reply:
    """Cancel an open order (DELETE /order).

    Needs the permission: Enable Spot & Margin Trading.
    """
    return await upstream.send(
        "DELETE",
        "/order",
        query=pairs(("symbol", symbol), ("orderId", order_id)),
    )
