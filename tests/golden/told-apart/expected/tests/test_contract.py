"""Each operation, route and tool of Shipments makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "told_apart_capability"

OPERATIONS = (
    Case(
        "list-shipments",
        "GET",
        "/shipments",
        arguments={"state": "x", "number": "x"},
    ),
    Case("book", "POST", "/shipments", arguments={"item": "x"}),
    Case("get-shipment", "GET", "/shipments/{number}", arguments={"number": "x"}),
    Case("repeat", "POST", "/shipments/{number}", arguments={"number": "x"}),
    Case("get-depot", "GET", "/depots/{depot}", arguments={"depot": "x"}),
)

ROUTES = (
    Case(
        "GET /shipments",
        "GET",
        "/shipments",
        adapter="fleet-rest",
        method="GET",
        path="/shipments?state=x",
    ),
    Case(
        "GET /shipments",
        "GET",
        "/shipments/{number}",
        adapter="fleet-rest",
        method="GET",
        path="/shipments?number=x",
    ),
    Case(
        "POST /bookings",
        "POST",
        "/shipments",
        adapter="fleet-rest",
        method="POST",
        path="/bookings",
        members={"item": "x"},
    ),
    Case(
        "POST /bookings",
        "POST",
        "/shipments/{number}",
        adapter="fleet-rest",
        method="POST",
        path="/bookings",
        members={"number": "x"},
    ),
    Case(
        "GET /depots/{depot}",
        "GET",
        "/depots/{depot}",
        adapter="fleet-rest",
        method="GET",
        path="/depots/x",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
