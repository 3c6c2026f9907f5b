"""Each operation, route and tool of Weather makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "weather_capability"

OPERATIONS = (
    Case(
        "get-forecast",
        "GET",
        "/forecasts/{station}",
        arguments={"station": "x", "days": "x"},
    ),
    Case("list-stations", "GET", "/stations"),
    Case("get-warnings", "GET", "/warnings"),
    Case(
        "forecast-get-forecast",
        "GET",
        "/forecasts/{station}",
        arguments={"place": "x"},
        answer={
            "station": "text",
            "days": [{"date": "text", "high": 7, "low": 7, "sky": "text"}],
        },
    ),
    Case(
        "warned-stations",
        "GET",
        "/stations",
        others=(("GET", "/warnings"),),
        answer={
            "warning": {
                "text": "text",
                "stations": [{"id": "text", "name": "text", "region": "text"}],
            },
        },
    ),
    Case(
        "describe-units",
        "",
        "",
        arguments={"language": "x"},
        answer={
            "temperature": "degrees Celsius",
            "wind": "metres per second",
            "note": "Texts are in x.",
            "decimals": 1,
        },
    ),
    Case("get-health", "", "", answer={"value": "fine"}),
)

ROUTES = (
    Case(
        "GET /forecasts/{station}",
        "GET",
        "/forecasts/{station}",
        adapter="weather-rest",
        method="GET",
        path="/forecasts/x",
        answer={
            "station": "text",
            "days": [{"date": "text", "high": 7, "low": 7, "sky": "text"}],
        },
    ),
    Case(
        "GET /warnings",
        "GET",
        "/stations",
        others=(("GET", "/warnings"),),
        adapter="weather-rest",
        method="GET",
        path="/warnings",
        answer={
            "warning": {
                "text": "text",
                "stations": [{"id": "text", "name": "text", "region": "text"}],
            },
        },
    ),
    Case(
        "GET /units",
        "",
        "",
        adapter="weather-rest",
        method="GET",
        path="/units?language=x",
        answer={
            "temperature": "degrees Celsius",
            "wind": "metres per second",
            "note": "Texts are in x.",
            "decimals": 1,
        },
    ),
    Case(
        "GET /health",
        "",
        "",
        adapter="weather-rest",
        method="GET",
        path="/health",
        answer={"value": "fine"},
    ),
)

TOOLS = (
    Case(
        "get-forecast",
        "GET",
        "/forecasts/{station}",
        adapter="weather-mcp",
        arguments={"place": "x"},
        answer={
            "station": "text",
            "days": [{"date": "text", "high": 7, "low": 7, "sky": "text"}],
        },
    ),
    Case(
        "warned-stations",
        "GET",
        "/stations",
        others=(("GET", "/warnings"),),
        adapter="weather-mcp",
        answer={
            "warning": {
                "text": "text",
                "stations": [{"id": "text", "name": "text", "region": "text"}],
            },
        },
    ),
    Case(
        "describe-units",
        "",
        "",
        adapter="weather-mcp",
        arguments={"language": "x"},
        answer={
            "temperature": "degrees Celsius",
            "wind": "metres per second",
            "note": "Texts are in x.",
            "decimals": 1,
        },
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
