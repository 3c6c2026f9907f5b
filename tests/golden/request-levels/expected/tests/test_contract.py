"""Each operation, route and tool of Depot stock makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "request_levels_capability"

OPERATIONS = (
    Case(
        "add-item",
        "POST",
        "/items",
        arguments={
            "session": "x",
            "sku": "x",
            "count": 1,
            "tags": [],
            "extra": "x",
            "place": "x",
        },
    ),
    Case("find-items", "GET", "/items", arguments={"lang": "x", "session": "x"}),
)

ROUTES = (
    Case(
        "POST /items",
        "POST",
        "/items",
        adapter="depot",
        method="POST",
        path="/items",
        headers={"session": "x"},
        members={"sku": "x", "count": 1, "tags": [], "extra": "x", "place": "x"},
    ),
    Case(
        "GET /items",
        "GET",
        "/items",
        adapter="depot",
        method="GET",
        path="/items?lang=x&session=x",
    ),
)

TOOLS = (
    Case(
        "add-item",
        "POST",
        "/items",
        adapter="depot-tools",
        arguments={
            "session": "x",
            "sku": "x",
            "count": 1,
            "tags": [],
            "extra": "x",
            "place": "x",
        },
    ),
    Case(
        "add-crate",
        "POST",
        "/items",
        adapter="depot-tools",
        arguments={"session": "x", "tags": [], "place": "x", "size": "x"},
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
