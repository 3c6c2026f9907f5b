"""Each operation, route and tool of Fleet makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "orchestrated_capability"

OPERATIONS = (
    Case("get-ship", "GET", "/ships/{imo}", arguments={"imo": "x"}),
    Case("list-crew", "GET", "/crew", arguments={"ship": "x", "limit": 1}),
    Case(
        "ship-overview",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crew"),),
        arguments={"imo": "x", "most": 1},
        answer={"vessel": {"name": "text", "crew": {}}},
    ),
    Case(
        "ship-crew",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crew"),),
        arguments={"imo": "x"},
        answer={},
    ),
)

ROUTES = (
    Case(
        "GET /ships/{imo}/overview",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crew"),),
        adapter="fleet-rest",
        method="GET",
        path="/ships/x/overview?most=1",
        answer={"vessel": {"name": "text", "crew": {}}},
    ),
)

TOOLS = (
    Case(
        "ship-crew",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crew"),),
        adapter="fleet-mcp",
        arguments={"imo": "x"},
        answer={},
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
