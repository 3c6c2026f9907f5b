"""Each operation, route and tool of Depot makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "operation_signatures_capability"

OPERATIONS = (
    Case("get-part", "GET", "/parts/{id}", upstream="depot", arguments={"id": "x"}),
    Case(
        "order-part",
        "POST",
        "/parts/{id}",
        upstream="depot-hmac-body",
        arguments={"id": "x", "count": 1},
    ),
    Case(
        "move-stock",
        "POST",
        "/stock",
        upstream="depot-hmac-body",
        arguments={"from": "x", "to": "x"},
    ),
    Case("count-stock", "GET", "/stock", upstream="depot-aws-sigv4"),
)

ROUTES = (
    Case(
        "GET /parts/{id}",
        "GET",
        "/parts/{id}",
        upstream="depot",
        adapter="desk",
        method="GET",
        path="/parts/x",
    ),
    Case(
        "POST /parts/{id}",
        "POST",
        "/parts/{id}",
        upstream="depot-hmac-body",
        adapter="desk",
        method="POST",
        path="/parts/x",
        members={"count": 1},
    ),
    Case(
        "GET /stock",
        "GET",
        "/stock",
        upstream="depot-aws-sigv4",
        adapter="desk",
        method="GET",
        path="/stock",
    ),
    Case(
        "POST /stock",
        "POST",
        "/stock",
        upstream="depot-hmac-body",
        adapter="desk",
        method="POST",
        path="/stock",
        members={"from": "x", "to": "x"},
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
