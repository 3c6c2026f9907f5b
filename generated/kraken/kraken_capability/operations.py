"""The operations of Kraken Spot REST API — Account Data: one function, one upstream
request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_account_balance(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Account Balance (POST /0/private/Balance).

    Lists how much of each asset the account holds, as a map from asset to decimal
    string; it does not subtract what open orders hold (the extended balance does).

    Needs the permission: Funds: Query.
    """
    return await upstream.send("POST", "/0/private/Balance", body=body)


async def get_extended_balance(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Extended Balance (POST /0/private/BalanceEx).

    Lists each asset's balance together with the part that open orders hold and any
    credit line; what can be spent is balance + credit - credit_used - hold_trade.

    Needs the permission: Funds: Query.
    """
    return await upstream.send("POST", "/0/private/BalanceEx", body=body)


async def get_trade_balance(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Trade Balance (POST /0/private/TradeBalance).

    Sums up the account's margin situation in one currency: equity, free margin, margin
    in use and unrealised profit or loss of all open positions.

    Needs the permission: Query open orders & trades.
    """
    return await upstream.send("POST", "/0/private/TradeBalance", body=body)


async def get_open_orders(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Open Orders (POST /0/private/OpenOrders).

    Lists the orders that are still open or pending, by order id, with price, volume and
    what has been executed so far.

    Needs the permission: Query open orders & trades.
    """
    return await upstream.send("POST", "/0/private/OpenOrders", body=body)


async def get_closed_orders(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Closed Orders (POST /0/private/ClosedOrders).

    Lists filled, cancelled and expired orders, newest first and 50 a page, optionally
    within a period; raise ofs to see older pages.

    Needs the permission: Query closed orders & trades.
    """
    return await upstream.send("POST", "/0/private/ClosedOrders", body=body)


async def query_orders_info(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Query Orders Info (POST /0/private/QueryOrders).

    Looks up known orders by id, whether open or closed, with their state and
    executions.

    Needs the permission: Query open orders & trades, or Query closed orders & trades,
    by the order's state.
    """
    return await upstream.send("POST", "/0/private/QueryOrders", body=body)


async def get_trades_history(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Trades History (POST /0/private/TradesHistory).

    Lists the account's executed trades, newest first and 50 a page, optionally within a
    period; counts twice towards the rate limit.

    Needs the permission: Query closed orders & trades.
    """
    return await upstream.send("POST", "/0/private/TradesHistory", body=body, cost=2.0)


async def query_trades_info(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Query Trades Info (POST /0/private/QueryTrades).

    Looks up known trades by id, with price, cost, fee and the order executed.

    Needs the permission: Query closed orders & trades.
    """
    return await upstream.send("POST", "/0/private/QueryTrades", body=body)


async def get_open_positions(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Open Positions (POST /0/private/OpenPositions).

    Lists the open margin positions, by position id, with size, margin and, on request,
    current value and unrealised profit or loss.

    Needs the permission: Query open orders & trades.
    """
    return await upstream.send("POST", "/0/private/OpenPositions", body=body)


async def get_ledgers_info(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Ledgers Info (POST /0/private/Ledgers).

    Lists every change of the account's balances (trades, deposits, withdrawals, rewards
    and so on), newest first and 50 a page; counts twice towards the rate limit.

    Needs the permission: Data: Query ledger entries.
    """
    return await upstream.send("POST", "/0/private/Ledgers", body=body, cost=2.0)


async def query_ledgers(upstream: Upstream, *, body: JsonObject | None = None) -> Reply:
    """Kraken Query Ledgers (POST /0/private/QueryLedgers).

    Looks up known ledger entries by id, with amount, fee and resulting balance.

    Needs the permission: Data: Query ledger entries.
    """
    return await upstream.send("POST", "/0/private/QueryLedgers", body=body)


async def get_trade_volume(
    upstream: Upstream,
    *,
    body: JsonObject | None = None,
) -> Reply:
    """Kraken Get Trade Volume (POST /0/private/TradeVolume).

    Tells the volume traded in the last 30 days in US dollars and, for the pairs that
    are named, which fees that volume leads to.

    Needs the permission: Funds: Query.
    """
    return await upstream.send("POST", "/0/private/TradeVolume", body=body)
