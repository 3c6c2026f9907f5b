"""Each operation, route and tool of Kraken Spot REST API — Account Data makes one
good request.
"""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "kraken_capability"

OPERATIONS = (
    Case(
        "get-account-balance",
        "POST",
        "/0/private/Balance",
        body={"rebase_multiplier": "rebased"},
    ),
    Case(
        "get-extended-balance",
        "POST",
        "/0/private/BalanceEx",
        body={"rebase_multiplier": "rebased"},
    ),
    Case(
        "get-trade-balance",
        "POST",
        "/0/private/TradeBalance",
        body={"asset": "ZUSD"},
    ),
    Case("get-open-orders", "POST", "/0/private/OpenOrders", body={"trades": False}),
    Case(
        "get-closed-orders",
        "POST",
        "/0/private/ClosedOrders",
        body={"trades": False},
    ),
    Case("query-orders-info", "POST", "/0/private/QueryOrders", body={"txid": "x"}),
    Case(
        "get-trades-history",
        "POST",
        "/0/private/TradesHistory",
        body={"type": "all"},
    ),
    Case("query-trades-info", "POST", "/0/private/QueryTrades", body={"txid": "x"}),
    Case("get-open-positions", "POST", "/0/private/OpenPositions", body={"txid": "x"}),
    Case("get-ledgers-info", "POST", "/0/private/Ledgers", body={"asset": "all"}),
    Case("query-ledgers", "POST", "/0/private/QueryLedgers", body={"id": "x"}),
    Case("get-trade-volume", "POST", "/0/private/TradeVolume", body={"pair": "x"}),
)

ROUTES = (
    Case(
        "POST /v1/0/private/balance",
        "POST",
        "/0/private/Balance",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/balance",
        body={"rebase_multiplier": "rebased"},
    ),
    Case(
        "POST /v1/0/private/balanceex",
        "POST",
        "/0/private/BalanceEx",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/balanceex",
        body={"rebase_multiplier": "rebased"},
    ),
    Case(
        "POST /v1/0/private/tradebalance",
        "POST",
        "/0/private/TradeBalance",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/tradebalance",
        body={"asset": "ZUSD"},
    ),
    Case(
        "POST /v1/0/private/openorders",
        "POST",
        "/0/private/OpenOrders",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/openorders",
        body={"trades": False},
    ),
    Case(
        "POST /v1/0/private/closedorders",
        "POST",
        "/0/private/ClosedOrders",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/closedorders",
        body={"trades": False},
    ),
    Case(
        "POST /v1/0/private/queryorders",
        "POST",
        "/0/private/QueryOrders",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/queryorders",
        body={"txid": "x"},
    ),
    Case(
        "POST /v1/0/private/tradeshistory",
        "POST",
        "/0/private/TradesHistory",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/tradeshistory",
        body={"type": "all"},
    ),
    Case(
        "POST /v1/0/private/querytrades",
        "POST",
        "/0/private/QueryTrades",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/querytrades",
        body={"txid": "x"},
    ),
    Case(
        "POST /v1/0/private/openpositions",
        "POST",
        "/0/private/OpenPositions",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/openpositions",
        body={"txid": "x"},
    ),
    Case(
        "POST /v1/0/private/ledgers",
        "POST",
        "/0/private/Ledgers",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/ledgers",
        body={"asset": "all"},
    ),
    Case(
        "POST /v1/0/private/queryledgers",
        "POST",
        "/0/private/QueryLedgers",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/queryledgers",
        body={"id": "x"},
    ),
    Case(
        "POST /v1/0/private/tradevolume",
        "POST",
        "/0/private/TradeVolume",
        adapter="spot-rest-account-data-rest",
        method="POST",
        path="/v1/0/private/tradevolume",
        body={"pair": "x"},
    ),
)

TOOLS = (
    Case(
        "kraken-get-account-balance",
        "POST",
        "/0/private/Balance",
        adapter="spot-rest-account-data-mcp",
        body={"rebase_multiplier": "rebased"},
    ),
    Case(
        "kraken-get-extended-balance",
        "POST",
        "/0/private/BalanceEx",
        adapter="spot-rest-account-data-mcp",
        body={"rebase_multiplier": "rebased"},
    ),
    Case(
        "kraken-get-trade-balance",
        "POST",
        "/0/private/TradeBalance",
        adapter="spot-rest-account-data-mcp",
        body={"asset": "ZUSD"},
    ),
    Case(
        "kraken-get-open-orders",
        "POST",
        "/0/private/OpenOrders",
        adapter="spot-rest-account-data-mcp",
        body={"trades": False},
    ),
    Case(
        "kraken-get-closed-orders",
        "POST",
        "/0/private/ClosedOrders",
        adapter="spot-rest-account-data-mcp",
        body={"trades": False},
    ),
    Case(
        "kraken-query-orders-info",
        "POST",
        "/0/private/QueryOrders",
        adapter="spot-rest-account-data-mcp",
        body={"txid": "x"},
    ),
    Case(
        "kraken-get-trades-history",
        "POST",
        "/0/private/TradesHistory",
        adapter="spot-rest-account-data-mcp",
        body={"type": "all"},
    ),
    Case(
        "kraken-query-trades-info",
        "POST",
        "/0/private/QueryTrades",
        adapter="spot-rest-account-data-mcp",
        body={"txid": "x"},
    ),
    Case(
        "kraken-get-open-positions",
        "POST",
        "/0/private/OpenPositions",
        adapter="spot-rest-account-data-mcp",
        body={"txid": "x"},
    ),
    Case(
        "kraken-get-ledgers-info",
        "POST",
        "/0/private/Ledgers",
        adapter="spot-rest-account-data-mcp",
        body={"asset": "all"},
    ),
    Case(
        "kraken-query-ledgers",
        "POST",
        "/0/private/QueryLedgers",
        adapter="spot-rest-account-data-mcp",
        body={"id": "x"},
    ),
    Case(
        "kraken-get-trade-volume",
        "POST",
        "/0/private/TradeVolume",
        adapter="spot-rest-account-data-mcp",
        body={"pair": "x"},
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)
