"""Each operation, route and tool of Exchange rates makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "rates_capability"

OPERATIONS = (Case("get-rates", "GET", "/rates/{date}", arguments={"date": "x"}),)

ROUTES = (
    Case(
        "GET /rates/{date}",
        "GET",
        "/rates/{date}",
        adapter="rates",
        method="GET",
        path="/rates/x",
        answer=[{"currency": "EUR", "rate": "text", "status": "text"}],
    ),
    Case(
        "GET /rates/{date}/euro",
        "GET",
        "/rates/{date}",
        adapter="rates",
        method="GET",
        path="/rates/x/euro",
        answer=["text"],
    ),
    Case(
        "GET /tables/{date}",
        "GET",
        "/rates/{date}",
        adapter="rates",
        method="GET",
        path="/tables/x",
        raw=True,
    ),
)

TOOLS = (
    Case(
        "list-currencies",
        "GET",
        "/rates/{date}",
        adapter="rates-tools",
        arguments={"date": "x"},
        answer=["EUR"],
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)
