"""Each operation, route and tool of Parcels makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "path_and_query_capability"

OPERATIONS = (
    Case(
        "get-parcel",
        "GET",
        "/depots/{depot-id}/parcels/{{number}}",
        arguments={
            "depot-id": "x",
            "number": 1,
            "page-size": 1,
            "fresh": True,
            "X-Trace": "x",
        },
    ),
    Case("delete-label", "DELETE", "/labels/{id}", arguments={"id": "x"}),
)

ROUTES = (
    Case(
        "GET /parcels/{number}",
        "GET",
        "/depots/{depot-id}/parcels/{{number}}",
        adapter="parcels-rest",
        method="GET",
        path="/parcels/1?depot=x&limit=1",
        headers={"X-Trace": "x"},
    ),
    Case(
        "DELETE /labels/{id}",
        "DELETE",
        "/labels/{id}",
        adapter="parcels-rest",
        method="DELETE",
        path="/labels/x",
    ),
)

TOOLS = (
    Case(
        "get-parcel",
        "GET",
        "/depots/{depot-id}/parcels/{{number}}",
        adapter="parcels-mcp",
        arguments={
            "depot": "x",
            "number": 1,
            "page-size": 1,
            "fresh": True,
            "X-Trace": "x",
        },
    ),
    Case(
        "delete-label",
        "DELETE",
        "/labels/{id}",
        adapter="parcels-mcp",
        arguments={"id": "x"},
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
