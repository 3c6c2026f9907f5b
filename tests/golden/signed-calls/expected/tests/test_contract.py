"""Each operation, route and tool of Spot account makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "signed_calls_capability"

OPERATIONS = (
    Case("get-account", "GET", "/api/v3/account", arguments={"omitZeroBalances": "x"}),
    Case(
        "place-order",
        "POST",
        "/api/v3/order",
        arguments={"symbol": "x", "side": "x", "quantity": "x"},
    ),
)

ROUTES = (
    Case(
        "GET /account",
        "GET",
        "/api/v3/account",
        adapter="spot-rest",
        method="GET",
        path="/account?omitZeroBalances=x",
    ),
    Case(
        "POST /orders",
        "POST",
        "/api/v3/order",
        adapter="spot-rest",
        method="POST",
        path="/orders",
        members={"symbol": "x", "side": "x", "quantity": "x"},
    ),
)

TOOLS = (
    Case(
        "get-account",
        "GET",
        "/api/v3/account",
        adapter="spot-mcp",
        arguments={"omitZeroBalances": "x"},
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
