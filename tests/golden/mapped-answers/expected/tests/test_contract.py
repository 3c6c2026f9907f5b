"""Each operation, route and tool of Orders makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "mapped_answers_capability"

OPERATIONS = (
    Case("get-order", "GET", "/orders/{id}", arguments={"id": "x"}),
    Case("list-orders", "GET", "/orders"),
)

ROUTES = (
    Case(
        "GET /orders/{id}",
        "GET",
        "/orders/{id}",
        adapter="shop-rest",
        method="GET",
        path="/orders/x",
        answer={
            "id": 7,
            "source": "shop",
            "version": 2,
            "customer": {"name": "text", "city": "text"},
            "lines": [
                {"sku": "text", "first tag": "text", "parts": [{"part": "text"}]},
            ],
            "address": {"city": "text"},
        },
    ),
    Case(
        "GET /orders",
        "GET",
        "/orders",
        adapter="shop-rest",
        method="GET",
        path="/orders",
        answer={
            "open": [{"id": "text", "status": "open"}],
            "names": ["text"],
            "last": "text",
            "some": ["text", 11],
            "totals": [11],
        },
    ),
    Case(
        "GET /orders-raw",
        "GET",
        "/orders",
        adapter="shop-rest",
        method="GET",
        path="/orders-raw",
    ),
)

TOOLS = (
    Case(
        "get-order-id",
        "GET",
        "/orders/{id}",
        adapter="shop-mcp",
        arguments={"id": "x"},
        answer="text",
    ),
    Case(
        "list-orders",
        "GET",
        "/orders",
        adapter="shop-mcp",
        answer=[{"id": "text", "status": "open", "total": 11}],
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
