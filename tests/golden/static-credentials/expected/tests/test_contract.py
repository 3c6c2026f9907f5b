"""Each operation, route and tool of Four upstreams makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "static_credentials_capability"

OPERATIONS = (
    Case("get-a", "GET", "/a", upstream="alpha"),
    Case("get-b", "GET", "/b", upstream="beta"),
    Case("get-c", "GET", "/c", upstream="gamma"),
    Case("get-d", "GET", "/d", upstream="delta"),
)

ROUTES = (
    Case(
        "GET /a",
        "GET",
        "/a",
        upstream="alpha",
        adapter="four",
        method="GET",
        path="/a",
    ),
    Case(
        "GET /b",
        "GET",
        "/b",
        upstream="beta",
        adapter="four",
        method="GET",
        path="/b",
    ),
    Case(
        "GET /c",
        "GET",
        "/c",
        upstream="gamma",
        adapter="four",
        method="GET",
        path="/c",
    ),
    Case(
        "GET /d",
        "GET",
        "/d",
        upstream="delta",
        adapter="four",
        method="GET",
        path="/d",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
