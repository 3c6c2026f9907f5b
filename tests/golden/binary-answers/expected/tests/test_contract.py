"""Each operation, route and tool of Scans makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_resource, run_route, run_tool

PACKAGE = "binary_answers_capability"

OPERATIONS = (
    Case("get-scan", "GET", "/scans/{id}", arguments={"id": "x"}, raw=True),
    Case("get-film", "GET", "/films/{id}", arguments={"id": "x"}, raw=True),
)

ROUTES = (
    Case(
        "GET /scans/{id}",
        "GET",
        "/scans/{id}",
        adapter="scans",
        method="GET",
        path="/scans/x",
        raw=True,
    ),
    Case(
        "GET /films/{id}",
        "GET",
        "/films/{id}",
        adapter="scans",
        method="GET",
        path="/films/x",
        raw=True,
    ),
)

TOOLS = (
    Case(
        "get-scan",
        "GET",
        "/scans/{id}",
        adapter="scan-tools",
        arguments={"id": "x"},
        raw=True,
    ),
    Case(
        "get-film",
        "GET",
        "/films/{id}",
        adapter="scan-tools",
        arguments={"id": "x"},
        raw=True,
    ),
)

RESOURCES = (
    Case(
        "scan",
        "GET",
        "/scans/{id}",
        adapter="scan-tools",
        path="scans://x",
        raw=True,
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


@pytest.mark.parametrize("case", RESOURCES, ids=case_name)
def test_a_resource_makes_one_good_request(case: Case) -> None:
    run_resource(PACKAGE, case)
