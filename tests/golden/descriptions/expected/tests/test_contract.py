"""Each operation, route and tool of Harbour office makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "descriptions_capability"

OPERATIONS = (
    Case("next-tide", "GET", "/next", upstream="water"),
    Case(
        "get-ship",
        "GET",
        "/ships/{imo}",
        upstream="registry",
        arguments={"imo": "x"},
    ),
)

ROUTES = (
    Case(
        "GET /ships/{imo}",
        "GET",
        "/ships/{imo}",
        upstream="registry",
        adapter="office",
        method="GET",
        path="/ships/x",
    ),
    Case(
        "GET /tide",
        "GET",
        "/next",
        upstream="water",
        adapter="office",
        method="GET",
        path="/tide",
    ),
)

TOOLS = (Case("next-tide", "GET", "/next", upstream="water", adapter="office-tools"),)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)
