"""Each operation, route and tool of Kraken Futures makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "kraken_futures_capability"

OPERATIONS = (
    Case(
        "get-ticker",
        "GET",
        "/derivatives/api/v3/tickers/{symbol}",
        arguments={"symbol": "x"},
    ),
    Case("get-book", "GET", "/derivatives/api/v3/orderbook", arguments={"symbol": "x"}),
    Case("get-accounts", "GET", "/derivatives/api/v3/accounts"),
    Case("list-positions", "GET", "/derivatives/api/v3/openpositions"),
    Case(
        "list-fills",
        "GET",
        "/derivatives/api/v3/fills",
        arguments={"lastFillTime": "x"},
    ),
    Case(
        "send-order",
        "POST",
        "/derivatives/api/v3/sendorder",
        arguments={
            "symbol": "x",
            "side": "x",
            "size": 1.5,
            "limitPrice": 1.5,
            "cliOrdId": "x",
        },
    ),
    Case(
        "cancel-order",
        "POST",
        "/derivatives/api/v3/cancelorder",
        arguments={"orderId": "x"},
    ),
)

ROUTES = (
    Case(
        "GET /markets/{symbol}",
        "GET",
        "/derivatives/api/v3/tickers/{symbol}",
        adapter="derivatives",
        method="GET",
        path="/markets/AAAA",
    ),
    Case(
        "GET /markets/{symbol}/book",
        "GET",
        "/derivatives/api/v3/orderbook",
        adapter="derivatives",
        method="GET",
        path="/markets/AAAA/book",
    ),
    Case(
        "GET /accounts",
        "GET",
        "/derivatives/api/v3/accounts",
        adapter="derivatives",
        method="GET",
        path="/accounts",
    ),
    Case(
        "GET /positions",
        "GET",
        "/derivatives/api/v3/openpositions",
        adapter="derivatives",
        method="GET",
        path="/positions",
    ),
    Case(
        "GET /fills",
        "GET",
        "/derivatives/api/v3/fills",
        adapter="derivatives",
        method="GET",
        path="/fills?lastFillTime=x",
    ),
    Case(
        "POST /orders",
        "POST",
        "/derivatives/api/v3/sendorder",
        adapter="derivatives",
        method="POST",
        path="/orders",
        members={
            "symbol": "AAAA",
            "side": "buy",
            "size": 1.5,
            "limitPrice": 1.5,
            "cliOrdId": "x",
        },
    ),
    Case(
        "DELETE /orders/{order_id}",
        "POST",
        "/derivatives/api/v3/cancelorder",
        adapter="derivatives",
        method="DELETE",
        path="/orders/x",
    ),
)

TOOLS = (
    Case(
        "get-ticker",
        "GET",
        "/derivatives/api/v3/tickers/{symbol}",
        adapter="derivatives-tools",
        arguments={"symbol": "x"},
    ),
    Case(
        "get-book",
        "GET",
        "/derivatives/api/v3/orderbook",
        adapter="derivatives-tools",
        arguments={"symbol": "x"},
    ),
    Case(
        "get-accounts",
        "GET",
        "/derivatives/api/v3/accounts",
        adapter="derivatives-tools",
    ),
    Case(
        "list-positions",
        "GET",
        "/derivatives/api/v3/openpositions",
        adapter="derivatives-tools",
    ),
    Case(
        "list-fills",
        "GET",
        "/derivatives/api/v3/fills",
        adapter="derivatives-tools",
        arguments={"lastFillTime": "x"},
    ),
    Case(
        "send-order",
        "POST",
        "/derivatives/api/v3/sendorder",
        adapter="derivatives-tools",
        arguments={
            "symbol": "x",
            "side": "x",
            "size": 1.5,
            "limitPrice": 1.5,
            "cliOrdId": "x",
        },
    ),
    Case(
        "cancel-order",
        "POST",
        "/derivatives/api/v3/cancelorder",
        adapter="derivatives-tools",
        arguments={"orderId": "x"},
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
