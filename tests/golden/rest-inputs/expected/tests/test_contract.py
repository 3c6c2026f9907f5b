"""Each operation, route and tool of Weather makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "rest_inputs_capability"

OPERATIONS = (
    Case(
        "get-forecast",
        "GET",
        "/stations/{station}/forecast",
        arguments={
            "station": 1,
            "days": 1,
            "metric": True,
            "scale": 1.5,
            "lang": "x",
            "X-Account": "x",
        },
    ),
)

ROUTES = (
    Case(
        "GET /forecast/{station_id}",
        "GET",
        "/stations/{station}/forecast",
        adapter="weather-rest",
        method="GET",
        path="/forecast/1?factor=1.5",
        headers={"Accept-Language": "x", "X-Account": "x"},
    ),
)

TOOLS = (
    Case(
        "get-forecast",
        "GET",
        "/stations/{station}/forecast",
        adapter="weather-mcp",
        arguments={"station": 1, "metric": True, "account": "x"},
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
