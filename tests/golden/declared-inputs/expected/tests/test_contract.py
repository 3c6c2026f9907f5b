"""Each operation, route and tool of Orders makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "declared_inputs_capability"

OPERATIONS = (
    Case(
        "list-orders",
        "GET",
        "/orders",
        arguments={"customer": "x", "channel": "x", "session": "x"},
    ),
    Case("add-order", "POST", "/orders", arguments={"dry-run": True}),
    Case("add-lines", "PUT", "/orders", arguments={"body": []}),
    Case(
        "search-orders",
        "POST",
        "/orders",
        arguments={"filter": {}, "tags": [], "first": "x", "source": "x"},
    ),
)

ROUTES = (
    Case(
        "GET /customers/{customer}/orders",
        "GET",
        "/orders",
        adapter="orders-rest",
        method="GET",
        path="/customers/C000/orders?page=1",
        headers={"Cookie": "session=a"},
    ),
    Case(
        "POST /orders",
        "POST",
        "/orders",
        adapter="orders-rest",
        method="POST",
        path="/orders",
        members={"try": True},
    ),
    Case(
        "PATCH /orders",
        "POST",
        "/orders",
        adapter="orders-rest",
        method="PATCH",
        path="/orders",
        members={"order": {}},
    ),
    Case(
        "PUT /orders",
        "PUT",
        "/orders",
        adapter="orders-rest",
        method="PUT",
        path="/orders",
        members=[],
    ),
    Case(
        "GET /orders",
        "POST",
        "/orders",
        adapter="orders-rest",
        method="GET",
        path="/orders?filter=%7B%7D&first=x&source=x",
        headers={"tags": "[]"},
    ),
    Case(
        "POST /searches",
        "POST",
        "/orders",
        adapter="orders-rest",
        method="POST",
        path="/searches",
        members={"query": {"filter": {}, "words": ["x"]}, "tags": [], "source": "x"},
    ),
)

TOOLS = (
    Case(
        "list-orders",
        "GET",
        "/orders",
        adapter="orders-mcp",
        arguments={"customer": "x", "channel": "x", "session": "x", "reason": "x"},
    ),
    Case("add-lines", "PUT", "/orders", adapter="orders-mcp", arguments={"lines": []}),
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
