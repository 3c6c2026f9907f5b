"""Each operation, route and tool of Archive makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_resource, run_route, run_tool

PACKAGE = "later_keys_capability"

OPERATIONS = (
    Case("list-labels", "GET", "/labels", upstream="labels"),
    Case(
        "get-photo",
        "GET",
        "/photos/{id}",
        upstream="archive",
        arguments={"id": "x"},
        raw=True,
    ),
    Case("count", "", "", answer={"count": 7}),
    Case("labelling-list-labels", "GET", "/labels", upstream="labels", answer={}),
)

ROUTES = (
    Case(
        "GET /photos/{id}",
        "GET",
        "/photos/{id}",
        upstream="archive",
        adapter="archive-api",
        method="GET",
        path="/photos/x",
        raw=True,
    ),
    Case(
        "GET /labels",
        "GET",
        "/labels",
        upstream="labels",
        adapter="archive-api",
        method="GET",
        path="/labels",
    ),
)

TOOLS = (
    Case(
        "get-photo",
        "GET",
        "/photos/{id}",
        upstream="archive",
        adapter="archive-tools",
        arguments={"id": "x"},
        raw=True,
    ),
    Case("count", "", "", adapter="archive-tools", answer={"count": 7}),
    Case(
        "list-labels",
        "GET",
        "/labels",
        upstream="labels",
        adapter="archive-tools",
        answer={},
    ),
    Case("list-labels", "GET", "/labels", upstream="labels", adapter="archive-private"),
)

RESOURCES = (
    Case(
        "photo",
        "GET",
        "/photos/{id}",
        upstream="archive",
        adapter="archive-private",
        path="archive://photos/x",
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
