"""Each operation, route and tool of Greeter makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "fixed_answers_capability"

OPERATIONS = (
    Case("say-hello", "", "", arguments={"who": "x"}, answer={"message": "Hello x"}),
    Case("get-state", "", "", answer={"value": "ok"}),
    Case(
        "make-shape",
        "",
        "",
        arguments={"size": "x", "count": 1},
        answer={
            "value": {
                "n": 5,
                "count": 1,
                "big": None,
                "list": [{"a": "x-x"}],
                "o": {"b": True},
            },
        },
    ),
    Case("drop", "", "", answer=None),
    Case(
        "greet",
        "",
        "",
        arguments={"who": "x", "loud": True},
        answer={"message": "Hello x", "loud": True, "year": 2026},
    ),
)

ROUTES = (
    Case(
        "GET /hello",
        "",
        "",
        adapter="greeter-rest",
        method="GET",
        path="/hello?who=x",
        answer={"message": "Hello x"},
    ),
    Case(
        "GET /state",
        "",
        "",
        adapter="greeter-rest",
        method="GET",
        path="/state",
        answer={"value": "ok"},
    ),
    Case(
        "POST /shapes/{size}",
        "",
        "",
        adapter="greeter-rest",
        method="POST",
        path="/shapes/x",
        members={"count": 1},
        answer={
            "value": {
                "n": 5,
                "count": 1,
                "big": None,
                "list": [{"a": "x-x"}],
                "o": {"b": True},
            },
        },
    ),
    Case("DELETE /void", "", "", adapter="greeter-rest", method="DELETE", path="/void"),
)

TOOLS = (
    Case(
        "greet",
        "",
        "",
        adapter="greeter-mcp",
        arguments={"who": "x", "loud": True},
        answer={"message": "Hello x", "loud": True, "year": 2026},
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
