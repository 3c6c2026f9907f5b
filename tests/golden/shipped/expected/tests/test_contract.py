"""Each operation, route and tool of Tides makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "shipped_capability"

OPERATIONS = (Case("list-tides", "GET", "/tides"),)

ROUTES = (
    Case(
        "GET /tides",
        "GET",
        "/tides",
        adapter="tides-rest",
        method="GET",
        path="/tides",
    ),
)

TOOLS = (Case("list-tides", "GET", "/tides", adapter="tides-mcp"),)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)
