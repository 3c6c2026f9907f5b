"""Each operation, route and tool of Fleet makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "client_credentials_capability"

OPERATIONS = (
    Case("list-ships", "GET", "/ships", upstream="fleet"),
    Case("add-ship", "POST", "/ships", upstream="fleet", arguments={"name": "x"}),
    Case("list-people", "GET", "/people", upstream="crew"),
)

ROUTES = (
    Case(
        "GET /ships",
        "GET",
        "/ships",
        upstream="fleet",
        adapter="desk",
        method="GET",
        path="/ships",
    ),
    Case(
        "POST /ships",
        "POST",
        "/ships",
        upstream="fleet",
        adapter="desk",
        method="POST",
        path="/ships",
        members={"name": "x"},
    ),
    Case(
        "GET /people",
        "GET",
        "/people",
        upstream="crew",
        adapter="desk",
        method="GET",
        path="/people",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
