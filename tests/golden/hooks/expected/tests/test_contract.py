"""Each operation, route and tool of Trading desk makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "hooks_capability"

OPERATIONS = (
    Case(
        "get-account",
        "GET",
        "/api/v3/account",
        upstream="binance",
        arguments={"omitZeroBalances": "x"},
    ),
    Case(
        "add-headline",
        "POST",
        "/headlines",
        upstream="news",
        arguments={"title": "x"},
    ),
)

ROUTES = (
    Case(
        "GET /account",
        "GET",
        "/api/v3/account",
        upstream="binance",
        adapter="desk",
        method="GET",
        path="/account?omitZeroBalances=x",
    ),
    Case(
        "POST /headlines",
        "POST",
        "/headlines",
        upstream="news",
        adapter="desk",
        method="POST",
        path="/headlines",
        members={"title": "x"},
    ),
)

TOOLS = (
    Case(
        "get-account",
        "GET",
        "/api/v3/account",
        upstream="binance",
        adapter="desk-tools",
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
