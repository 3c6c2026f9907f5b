"""Each operation, route and tool of Depot makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "script_settings_capability"

OPERATIONS = (Case("list-parcels", "GET", "/parcels"),)

ROUTES = (
    Case(
        "GET /parcels",
        "GET",
        "/parcels",
        adapter="depot-api",
        method="GET",
        path="/parcels",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
