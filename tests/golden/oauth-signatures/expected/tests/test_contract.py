"""Each operation, route and tool of Cards and records makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "oauth_signatures_capability"

OPERATIONS = (
    Case(
        "list-machines",
        "GET",
        "/atms/v1/atm",
        upstream="cards",
        arguments={"PostalCode": "x"},
    ),
    Case(
        "add-customer",
        "POST",
        "/record/v1/customer",
        upstream="records",
        arguments={"name": "x"},
    ),
)

ROUTES = (
    Case(
        "GET /machines",
        "GET",
        "/atms/v1/atm",
        upstream="cards",
        adapter="cards-rest",
        method="GET",
        path="/machines?PostalCode=x",
    ),
    Case(
        "POST /customers",
        "POST",
        "/record/v1/customer",
        upstream="records",
        adapter="cards-rest",
        method="POST",
        path="/customers",
        members={"name": "x"},
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
