"""Each operation, route and tool of Orders and receipts makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "message_signatures_capability"

OPERATIONS = (
    Case("add-order", "POST", "/orders", upstream="orders", arguments={"item": "x"}),
    Case(
        "get-receipt",
        "GET",
        "/receipts/{id}",
        upstream="receipts",
        arguments={"id": "x"},
    ),
)

ROUTES = (
    Case(
        "POST /orders",
        "POST",
        "/orders",
        upstream="orders",
        adapter="shop-rest",
        method="POST",
        path="/orders",
        members={"item": "x"},
    ),
    Case(
        "GET /receipts/{id}",
        "GET",
        "/receipts/{id}",
        upstream="receipts",
        adapter="shop-rest",
        method="GET",
        path="/receipts/x",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
