"""Each operation, route and tool of Binance Spot makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "binance_capability"

OPERATIONS = (
    Case("get-price", "GET", "/ticker/price", arguments={"symbol": "x"}),
    Case("get-depth", "GET", "/depth", arguments={"symbol": "x", "limit": 1}),
    Case("get-account", "GET", "/account", arguments={"omitZeroBalances": True}),
    Case("list-open-orders", "GET", "/openOrders", arguments={"symbol": "x"}),
    Case(
        "list-trades",
        "GET",
        "/myTrades",
        arguments={"symbol": "x", "orderId": 1, "limit": 1},
    ),
    Case(
        "place-order",
        "POST",
        "/order",
        arguments={
            "symbol": "x",
            "side": "x",
            "quantity": "x",
            "price": "x",
            "clientOrderId": "x",
        },
    ),
    Case("cancel-order", "DELETE", "/order", arguments={"symbol": "x", "orderId": 1}),
)

ROUTES = (
    Case(
        "GET /prices/{symbol}",
        "GET",
        "/ticker/price",
        adapter="spot",
        method="GET",
        path="/prices/AAAA",
    ),
    Case(
        "GET /depth/{symbol}",
        "GET",
        "/depth",
        adapter="spot",
        method="GET",
        path="/depth/AAAA?limit=1",
    ),
    Case(
        "GET /account",
        "GET",
        "/account",
        adapter="spot",
        method="GET",
        path="/account?omitZeroBalances=true",
    ),
    Case(
        "GET /trades",
        "GET",
        "/myTrades",
        adapter="spot",
        method="GET",
        path="/trades?symbol=AAAA&orderId=1&limit=1",
    ),
    Case(
        "GET /orders",
        "GET",
        "/openOrders",
        adapter="spot",
        method="GET",
        path="/orders?symbol=x",
    ),
    Case(
        "POST /orders",
        "POST",
        "/order",
        adapter="spot",
        method="POST",
        path="/orders",
        members={
            "symbol": "AAAA",
            "side": "BUY",
            "quantity": "0",
            "price": "0",
            "clientOrderId": ".",
        },
    ),
    Case(
        "DELETE /orders/{symbol}/{order_id}",
        "DELETE",
        "/order",
        adapter="spot",
        method="DELETE",
        path="/orders/AAAA/1",
    ),
)

TOOLS = (
    Case(
        "get-price",
        "GET",
        "/ticker/price",
        adapter="spot-tools",
        arguments={"symbol": "x"},
    ),
    Case(
        "get-depth",
        "GET",
        "/depth",
        adapter="spot-tools",
        arguments={"symbol": "x", "limit": 1},
    ),
    Case("get-account", "GET", "/account", adapter="spot-tools"),
    Case(
        "list-open-orders",
        "GET",
        "/openOrders",
        adapter="spot-tools",
        arguments={"symbol": "x"},
    ),
    Case(
        "list-trades",
        "GET",
        "/myTrades",
        adapter="spot-tools",
        arguments={"symbol": "x", "orderId": 1, "limit": 1},
    ),
    Case(
        "place-order",
        "POST",
        "/order",
        adapter="spot-tools",
        arguments={
            "symbol": "x",
            "side": "x",
            "quantity": "x",
            "price": "x",
            "clientOrderId": "x",
        },
    ),
    Case(
        "cancel-order",
        "DELETE",
        "/order",
        adapter="spot-tools",
        arguments={"symbol": "x", "orderId": 1},
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
