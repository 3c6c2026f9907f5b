"""Each operation, route and tool of Prices and orders makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "signed_and_plain_capability"

OPERATIONS = (
    Case("get-open-orders", "POST", "/0/private/OpenOrders", body={"trades": False}),
    Case("get-headlines", "GET", "/headlines"),
    Case("get-time", "GET", "/now"),
)

ROUTES = (
    Case(
        "POST /orders",
        "POST",
        "/0/private/OpenOrders",
        adapter="desk",
        method="POST",
        path="/orders",
        body={"trades": False},
    ),
    Case(
        "GET /headlines",
        "GET",
        "/headlines",
        adapter="desk",
        method="GET",
        path="/headlines",
    ),
    Case("GET /time", "GET", "/now", adapter="desk", method="GET", path="/time"),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
