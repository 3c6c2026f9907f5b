"""Each operation, route and tool of Harbour watch makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "templates_capability"

OPERATIONS = (
    Case(
        "list-positions",
        "GET",
        "/fleets/{{HARBOUR_AGENT}}/ships/{imo}/{track}",
        arguments={
            "imo": 1,
            "unit": "x",
            "tag": "x",
            "note": "x",
            "kind": "x",
            "from": "x",
        },
    ),
)

ROUTES = (
    Case(
        "GET /ships/{imo}",
        "GET",
        "/fleets/{{HARBOUR_AGENT}}/ships/{imo}/{track}",
        adapter="harbour",
        method="GET",
        path="/ships/1?remark=x&kind=x&from=x&vessel=x",
    ),
)

TOOLS = (
    Case(
        "list-positions",
        "GET",
        "/fleets/{{HARBOUR_AGENT}}/ships/{imo}/{track}",
        adapter="tools",
        arguments={"imo": 1, "kind": "x", "from": "x", "vessel": "x", "hours": 1},
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
