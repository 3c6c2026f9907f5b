"""Each operation, route and tool of Quay makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "imports_capability"

OPERATIONS = (
    Case("get-ship", "GET", "/ships/{ship}", upstream="fleet", arguments={"ship": "x"}),
    Case("list-cranes", "GET", "/cranes", upstream="cranes"),
    Case("next-tide", "GET", "/next", upstream="tides"),
)

ROUTES = (
    Case(
        "GET /ships/{id}",
        "GET",
        "/ships/{ship}",
        upstream="fleet",
        adapter="quay",
        method="GET",
        path="/ships/x",
    ),
    Case(
        "GET /cranes",
        "GET",
        "/cranes",
        upstream="cranes",
        adapter="quay",
        method="GET",
        path="/cranes",
    ),
    Case(
        "GET /tides",
        "GET",
        "/next",
        upstream="tides",
        adapter="quay",
        method="GET",
        path="/tides",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
