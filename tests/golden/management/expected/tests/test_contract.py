"""Each operation, route and tool of Depot makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "management_capability"

OPERATIONS = (
    Case("get-parcel", "GET", "/parcels/{number}", arguments={"number": "x"}),
    Case(
        "next-parcel",
        "GET",
        "/parcels/{number}",
        others=(("GET", "/parcels/{number}"),),
        arguments={"number": "x"},
        answer={"next": "text"},
    ),
    Case(
        "last",
        "GET",
        "/parcels/{number}",
        arguments={"number": "x"},
        answer={"next": "text"},
    ),
)

ROUTES = (
    Case(
        "GET /parcels/{number}",
        "GET",
        "/parcels/{number}",
        adapter="depot-api",
        method="GET",
        path="/parcels/x",
    ),
    Case(
        "GET /parcels/{number}/next",
        "GET",
        "/parcels/{number}",
        others=(("GET", "/parcels/{number}"),),
        adapter="depot-api",
        method="GET",
        path="/parcels/x/next",
        answer={"next": "text"},
    ),
    Case(
        "GET /parcels/{number}/last",
        "GET",
        "/parcels/{number}",
        adapter="depot-api",
        method="GET",
        path="/parcels/x/last",
        answer={"next": "text"},
    ),
)

TOOLS = (
    Case(
        "get-parcel",
        "GET",
        "/parcels/{number}",
        adapter="depot-tools",
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
