"""Each operation, route and tool of Clock and balance makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "public_operations_capability"

OPERATIONS = (
    Case("get-time", "GET", "/0/public/Time"),
    Case(
        "get-balance",
        "POST",
        "/0/private/Balance",
        body={"rebase_multiplier": "rebased"},
    ),
)

ROUTES = (
    Case(
        "GET /time",
        "GET",
        "/0/public/Time",
        adapter="clock",
        method="GET",
        path="/time",
    ),
    Case(
        "POST /balance",
        "POST",
        "/0/private/Balance",
        adapter="clock",
        method="POST",
        path="/balance",
        body={"rebase_multiplier": "rebased"},
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
