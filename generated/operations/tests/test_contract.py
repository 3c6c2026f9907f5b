"""Each operation, route and tool of Parcel desk makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "operations_capability"

OPERATIONS = (
    Case("get-parcel", "GET", "/parcels/{number}", arguments={"number": "x"}),
    Case("get-depot", "GET", "/depots/{depot}", arguments={"depot": "x"}),
    Case(
        "find-depot",
        "GET",
        "/parcels/{number}",
        others=(("GET", "/depots/{depot}"),),
        arguments={"number": "x"},
        answer={},
    ),
)

ROUTES = (
    Case(
        "GET /parcels/{number}/depot",
        "GET",
        "/parcels/{number}",
        others=(("GET", "/depots/{depot}"),),
        adapter="desk-api",
        method="GET",
        path="/parcels/x/depot",
        answer={},
    ),
)

TOOLS = (
    Case(
        "get-parcel",
        "GET",
        "/parcels/{number}",
        adapter="desk-tools",
        arguments={"number": "x"},
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
