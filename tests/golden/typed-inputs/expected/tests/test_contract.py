"""Each operation, route and tool of Search makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "typed_inputs_capability"

OPERATIONS = (
    Case(
        "search",
        "POST",
        "/search/{shelf}",
        arguments={
            "shelf": "x",
            "exact": True,
            "session": "x",
            "weight": 1.5,
            "words": [],
            "filter": {},
        },
    ),
)

ROUTES = (
    Case(
        "POST /shelves/{shelf}",
        "POST",
        "/search/{shelf}",
        adapter="search-rest",
        method="POST",
        path="/shelves/x?exact=true",
        headers={"session": "x"},
        members={"weight": 1.5, "words": [], "filter": {}},
    ),
)

TOOLS = (
    Case(
        "search",
        "POST",
        "/search/{shelf}",
        adapter="search-tools",
        arguments={
            "shelf": "x",
            "exact": True,
            "session": "x",
            "weight": 1.5,
            "words": [],
            "filter": {},
        },
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
