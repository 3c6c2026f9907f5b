"""Each operation, route and tool of Orders makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "orchestrated_capability"

OPERATIONS = (
    Case("list-products", "GET", "/products", upstream="stock"),
    Case(
        "get-order",
        "GET",
        "/orders/{order}",
        upstream="shop",
        arguments={"order": "x"},
    ),
    Case(
        "get-customer",
        "GET",
        "/customers/{customer}",
        upstream="shop",
        arguments={"customer": "x"},
    ),
    Case(
        "show-order",
        "GET",
        "/products",
        others=(
            ("GET", "/orders/{order}", "shop"),
            ("GET", "/customers/{customer}", "shop"),
        ),
        upstream="stock",
        arguments={"order": "x"},
        answer={
            "order": {"number": "text", "customer": "text", "city": "text"},
            "products": [{"title": "text", "price": 7}],
        },
    ),
    Case(
        "orders-tools-show-order",
        "GET",
        "/products",
        others=(
            ("GET", "/orders/{order}", "shop"),
            ("GET", "/customers/{customer}", "shop"),
        ),
        upstream="stock",
        arguments={"order": "x"},
        answer={
            "order": {"number": "text", "customer": "text", "city": "text"},
            "products": [{"title": "text", "price": 7}],
        },
    ),
)

ROUTES = (
    Case(
        "GET /orders/{order}",
        "GET",
        "/products",
        others=(
            ("GET", "/orders/{order}", "shop"),
            ("GET", "/customers/{customer}", "shop"),
        ),
        upstream="stock",
        adapter="orders",
        method="GET",
        path="/orders/x",
        answer={
            "order": {"number": "text", "customer": "text", "city": "text"},
            "products": [{"title": "text", "price": 7}],
        },
    ),
)

TOOLS = (
    Case(
        "show-order",
        "GET",
        "/products",
        others=(
            ("GET", "/orders/{order}", "shop"),
            ("GET", "/customers/{customer}", "shop"),
        ),
        upstream="stock",
        adapter="orders-tools",
        arguments={"order": "x"},
        answer={
            "order": {"number": "text", "customer": "text", "city": "text"},
            "products": [{"title": "text", "price": 7}],
        },
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
