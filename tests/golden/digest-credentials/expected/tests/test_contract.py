"""Each operation, route and tool of Printer makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "digest_credentials_capability"

OPERATIONS = (
    Case("list-jobs", "GET", "/jobs", arguments={"state": "x"}),
    Case("add-job", "POST", "/jobs", arguments={"title": "x"}),
)

ROUTES = (
    Case(
        "GET /jobs",
        "GET",
        "/jobs",
        adapter="desk",
        method="GET",
        path="/jobs?state=x",
    ),
    Case(
        "POST /jobs",
        "POST",
        "/jobs",
        adapter="desk",
        method="POST",
        path="/jobs",
        members={"title": "x"},
    ),
)

TOOLS = (Case("list-jobs", "GET", "/jobs", adapter="tools", arguments={"state": "x"}),)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)
