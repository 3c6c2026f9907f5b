"""Each operation, route and tool of Orders makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "opaque_body_capability"

OPERATIONS = (
    Case("replace-order", "PUT", "/orders/{id}", arguments={"id": "x"}, body={}),
)

ROUTES = (
    Case(
        "PUT /orders/{id}",
        "PUT",
        "/orders/{id}",
        adapter="orders-rest",
        method="PUT",
        path="/orders/x",
        body={},
    ),
)

TOOLS = (
    Case(
        "replace-order",
        "PUT",
        "/orders/{id}",
        adapter="orders-mcp",
        body_argument="document",
        arguments={"order": "x"},
        body={},
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
