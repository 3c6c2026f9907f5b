"""Each operation, route and tool of Regional shops makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "base_uri_variables_capability"

OPERATIONS = (Case("get-shop", "GET", "/shops/{id}", arguments={"id": "x"}),)

ROUTES = (
    Case(
        "GET /shops/{id}",
        "GET",
        "/shops/{id}",
        adapter="regional",
        method="GET",
        path="/shops/x",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
