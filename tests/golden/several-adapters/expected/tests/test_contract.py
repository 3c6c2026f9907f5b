"""Each operation, route and tool of Harbour makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "several_adapters_capability"

OPERATIONS = (
    Case("list-ships", "GET", "/ships"),
    Case("free-berth", "DELETE", "/berths/{berth}", arguments={"berth": "x"}),
)

ROUTES = (
    Case(
        "GET /ships",
        "GET",
        "/ships",
        adapter="harbour-public",
        method="GET",
        path="/ships",
    ),
    Case(
        "GET /ships",
        "GET",
        "/ships",
        adapter="harbour-office",
        method="GET",
        path="/ships",
    ),
    Case(
        "DELETE /berths/{berth}",
        "DELETE",
        "/berths/{berth}",
        adapter="harbour-office",
        method="DELETE",
        path="/berths/x",
    ),
)

TOOLS = (
    Case("list-ships", "GET", "/ships", adapter="harbour-tools"),
    Case(
        "free-berth",
        "DELETE",
        "/berths/{berth}",
        adapter="harbour-office-tools",
        arguments={"berth": "x"},
    ),
    Case("ships", "GET", "/ships", adapter="harbour-pipe"),
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
