"""Each operation, route and tool of Prices and orders makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "signed_and_plain_capability"

OPERATIONS = (
    Case(
        "get-open-orders",
        "POST",
        "/0/private/OpenOrders",
        upstream="kraken",
        body={"trades": False},
    ),
    Case("get-headlines", "GET", "/headlines", upstream="news"),
    Case("get-time", "GET", "/now", upstream="clock"),
)

ROUTES = (
    Case(
        "POST /orders",
        "POST",
        "/0/private/OpenOrders",
        upstream="kraken",
        adapter="desk",
        method="POST",
        path="/orders",
        body={"trades": False},
    ),
    Case(
        "GET /headlines",
        "GET",
        "/headlines",
        upstream="news",
        adapter="desk",
        method="GET",
        path="/headlines",
    ),
    Case(
        "GET /time",
        "GET",
        "/now",
        upstream="clock",
        adapter="desk",
        method="GET",
        path="/time",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
