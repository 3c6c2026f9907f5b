"""Each operation, route and tool of Two shops makes one good request."""

from __future__ import annotations

import pytest
from callers import Caller, check_access
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "same_paths_capability"

CALLERS = {"shops": Caller("oauth2", ("shops_issuer",))}

PROTECTED = (("rest", "shops"),)

OPERATIONS = (
    Case("north-list-items", "GET", "/items", upstream="north"),
    Case("add-item", "POST", "/items", upstream="north", arguments={"name": "x"}),
    Case("south-list-items", "GET", "/items", upstream="south"),
    Case("east-list-items", "GET", "/items", upstream="east"),
    Case(
        "compare",
        "GET",
        "/items",
        others=(("GET", "/items", "north"), ("GET", "/items", "east")),
        upstream="south",
        answer={"east": 7},
    ),
)

ROUTES = (
    Case(
        "GET /north",
        "GET",
        "/items",
        upstream="north",
        adapter="shops",
        method="GET",
        path="/north",
        answer=[{"north": "text"}],
    ),
    Case(
        "POST /north",
        "POST",
        "/items",
        upstream="north",
        adapter="shops",
        method="POST",
        path="/north",
        members={"name": "x"},
    ),
    Case(
        "GET /south",
        "GET",
        "/items",
        upstream="south",
        adapter="shops",
        method="GET",
        path="/south",
        answer=[{"south": "text"}],
    ),
    Case(
        "GET /east",
        "GET",
        "/items",
        upstream="east",
        adapter="shops",
        method="GET",
        path="/east",
        answer={"east": 7},
    ),
)

TOOLS = (
    Case(
        "compare",
        "GET",
        "/items",
        others=(("GET", "/items", "north"), ("GET", "/items", "east")),
        upstream="south",
        adapter="shop-tools",
        answer={"east": 7},
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case, CALLERS.get(case.adapter))


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)


@pytest.mark.parametrize(("kind", "namespace"), PROTECTED)
def test_only_callers_with_credentials_are_let_in(kind: str, namespace: str) -> None:
    check_access(PACKAGE, kind, namespace, CALLERS[namespace])
