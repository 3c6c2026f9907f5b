"""Each operation, route and tool of Ships makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "aggregates_capability"

OPERATIONS = (
    Case("get-ship", "GET", "/ships/{imo}", arguments={"imo": "x", "lang": "x"}),
    Case("drop-ship", "DELETE", "/ships/{imo}", arguments={"imo": "x"}),
    Case("list-crew", "GET", "/crews", arguments={"ship": "x"}),
    Case(
        "fleet-get-ship",
        "GET",
        "/ships/{imo}",
        arguments={"number": "x"},
        answer={"title": "text", "tons": 7},
    ),
    Case("scrap-ship", "DELETE", "/ships/{imo}", arguments={"imo": "x"}, answer={}),
    Case(
        "raw-ship",
        "GET",
        "/ships/{imo}",
        arguments={"imo": "x"},
        answer={"data": {"name": "text", "tonnage": 7}},
    ),
    Case(
        "ship-with-crew",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crews"),),
        arguments={"imo": "x"},
        answer={"ship": {"name": "text", "tonnage": 7}, "crew": {}},
    ),
    Case(
        "about",
        "",
        "",
        arguments={"who": "x"},
        answer={"greeting": "Registry for x", "ships": 3},
    ),
)

ROUTES = (
    Case(
        "GET /ships/{imo}",
        "GET",
        "/ships/{imo}",
        adapter="fleet-rest",
        method="GET",
        path="/ships/x",
        answer={"title": "text", "tons": 7},
    ),
    Case(
        "DELETE /ships/{imo}",
        "DELETE",
        "/ships/{imo}",
        adapter="fleet-rest",
        method="DELETE",
        path="/ships/x",
        answer={},
    ),
    Case(
        "GET /raw/{imo}",
        "GET",
        "/ships/{imo}",
        adapter="fleet-rest",
        method="GET",
        path="/raw/x",
        answer="text",
    ),
    Case(
        "GET /crews/{imo}",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crews"),),
        adapter="fleet-rest",
        method="GET",
        path="/crews/x",
        answer={"ship": {"name": "text", "tonnage": 7}, "crew": {}},
    ),
    Case(
        "GET /about",
        "",
        "",
        adapter="fleet-rest",
        method="GET",
        path="/about?who=x",
        answer={"greeting": "Registry for x", "ships": 3},
    ),
)

TOOLS = (
    Case(
        "get-ship",
        "GET",
        "/ships/{imo}",
        adapter="fleet-tools",
        arguments={"number": "x"},
        answer={"title": "text", "tons": 7},
    ),
    Case(
        "scrap-ship",
        "DELETE",
        "/ships/{imo}",
        adapter="fleet-tools",
        arguments={"imo": "x"},
        answer={},
    ),
    Case(
        "crew-of",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crews"),),
        adapter="fleet-tools",
        arguments={"vessel": "x"},
        answer={"ship": {"name": "text", "tonnage": 7}, "crew": {}},
    ),
    Case(
        "titanic",
        "GET",
        "/ships/{imo}",
        adapter="fleet-tools",
        answer={"data": {"name": "text", "tonnage": 7}},
    ),
    Case(
        "about",
        "",
        "",
        adapter="fleet-tools",
        arguments={"who": "x"},
        answer={"greeting": "Registry for x", "ships": 3},
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
