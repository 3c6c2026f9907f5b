"""Each operation, route and tool of Depot makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_forward, run_operation, run_route

PACKAGE = "forwarding_capability"

OPERATIONS = (
    Case(
        "get-crate",
        "GET",
        "/crates/{crate}",
        upstream="depot",
        arguments={"lang": "x", "crate": "x"},
    ),
)

FORWARDS = (
    Case(
        "depot-proxy",
        "GET",
        "/x",
        upstream="depot",
        adapter="depot-rest",
        method="GET",
        path="/depot/x",
    ),
    Case(
        "old-pages",
        "GET",
        "/x/pages",
        upstream="archive",
        adapter="depot-rest",
        method="GET",
        path="/old/x/pages",
    ),
    Case(
        "start",
        "GET",
        "/",
        upstream="archive",
        adapter="depot-rest",
        method="GET",
        path="/start",
    ),
    Case(
        "any",
        "GET",
        "/x",
        upstream="archive",
        adapter="depot-rest",
        method="GET",
        path="/any/x",
    ),
)

ROUTES = (
    Case(
        "PUT /depot/{path}",
        "GET",
        "/crates/{crate}",
        upstream="depot",
        adapter="depot-rest",
        method="PUT",
        path="/depot/x?lang=x",
    ),
    Case(
        "GET /crates/{crate}",
        "GET",
        "/crates/{crate}",
        upstream="depot",
        adapter="depot-rest",
        method="GET",
        path="/crates/x?lang=x",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", FORWARDS, ids=case_name)
def test_a_request_is_passed_on(case: Case) -> None:
    run_forward(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
