"""Each operation, route and tool of Names that Python, the emitted modules or
readers use for something else makes one good request.
"""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "names_capability"

OPERATIONS = (
    Case(
        "class",
        "GET",
        "/class/{from}/{in}",
        arguments={
            "from": "x",
            "in": "x",
            "id": "x",
            "body": "x",
            "upstream": "x",
            "faults": "x",
            "context": "x",
            "request": "x",
            "arguments": "x",
            "operations": "x",
            "check": "x",
            "given": "x",
            "segment": "x",
            "pairs": "x",
            "X-Request-Start": "x",
        },
    ),
    Case(
        "list",
        "PUT",
        "/class/{from}/{in}",
        arguments={"from": "x", "in": "x", "inputs": True},
    ),
    Case("check", "GET", "/helpers/"),
    Case("pairs", "DELETE", "/helpers/"),
    Case("given", "GET", "/helpers/"),
    Case("main", "GET", "/helpers/"),
    Case("2fa", "GET", "/helpers/"),
    Case("arguments", "GET", "/helpers/"),
    Case("command", "GET", "/helpers/"),
)

ROUTES = (
    Case(
        "GET /class/{from}/{in}",
        "GET",
        "/class/{from}/{in}",
        adapter="settings",
        method="GET",
        path="/class/x/x?id=x&lambda=x&upstream=x&faults=x&context=x&request=x&arguments=x&operations=x&check=x&given=x&segment=x&pairs=x",
        headers={"X-Request-Start": "x"},
    ),
    Case(
        "PUT /class/{from}/{in}",
        "PUT",
        "/class/{from}/{in}",
        adapter="settings",
        method="PUT",
        path="/class/x/x?inputs=true",
    ),
    Case(
        "GET /check",
        "GET",
        "/helpers/",
        adapter="settings",
        method="GET",
        path="/check",
    ),
    Case(
        "POST /pairs",
        "DELETE",
        "/helpers/",
        adapter="settings",
        method="POST",
        path="/pairs",
    ),
    Case(
        "GET /given",
        "GET",
        "/helpers/",
        adapter="settings",
        method="GET",
        path="/given",
    ),
    Case(
        "GET /main",
        "GET",
        "/helpers/",
        adapter="settings",
        method="GET",
        path="/main",
    ),
    Case("GET /2fa", "GET", "/helpers/", adapter="settings", method="GET", path="/2fa"),
    Case(
        "GET /arguments",
        "GET",
        "/helpers/",
        adapter="settings",
        method="GET",
        path="/arguments",
    ),
    Case(
        "GET /command",
        "GET",
        "/helpers/",
        adapter="settings",
        method="GET",
        path="/command",
    ),
)

TOOLS = (
    Case(
        "class",
        "GET",
        "/class/{from}/{in}",
        adapter="adapters",
        arguments={
            "from": "x",
            "in": "x",
            "id": "x",
            "async": "x",
            "upstream": "x",
            "faults": "x",
            "context": "x",
            "request": "x",
            "arguments": "x",
            "operations": "x",
            "check": "x",
            "given": "x",
            "segment": "x",
            "pairs": "x",
            "X-Request-Start": "x",
        },
    ),
    Case(
        "list",
        "PUT",
        "/class/{from}/{in}",
        adapter="adapters",
        arguments={"from": "x", "in": "x", "inputs": True},
    ),
    Case("check", "GET", "/helpers/", adapter="adapters"),
    Case("given", "GET", "/helpers/", adapter="adapters"),
    Case("Tool", "DELETE", "/helpers/", adapter="adapters"),
    Case("create-server", "GET", "/helpers/", adapter="adapters"),
    Case("arguments-", "GET", "/helpers/", adapter="adapters"),
    Case("Any", "GET", "/helpers/", adapter="adapters"),
    Case("Adapters", "GET", "/helpers/", adapter="adapters"),
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
