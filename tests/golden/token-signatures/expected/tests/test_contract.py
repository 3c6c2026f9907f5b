"""Each operation, route and tool of Apps and statements makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "token_signatures_capability"

OPERATIONS = (
    Case("list-apps", "GET", "/v1/apps", upstream="apps", arguments={"limit": 1}),
    Case("add-entry", "POST", "/entries", upstream="ledger", arguments={"text": "x"}),
)

ROUTES = (
    Case(
        "GET /apps",
        "GET",
        "/v1/apps",
        upstream="apps",
        adapter="apps-rest",
        method="GET",
        path="/apps?limit=1",
    ),
    Case(
        "POST /entries",
        "POST",
        "/entries",
        upstream="ledger",
        adapter="apps-rest",
        method="POST",
        path="/entries",
        members={"text": "x"},
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
