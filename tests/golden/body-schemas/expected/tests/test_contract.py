"""Each operation, route and tool of Tickets makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "body_schemas_capability"

OPERATIONS = (
    Case("create-ticket", "POST", "/tickets", body={"title": "x", "priority": 1}),
    Case("search-tickets", "POST", "/tickets", body={"text": "broken"}),
    Case(
        "update-ticket",
        "PATCH",
        "/tickets/{number}",
        arguments={"number": 1},
        body={"lambda": True},
    ),
)

ROUTES = (
    Case(
        "POST /tickets",
        "POST",
        "/tickets",
        adapter="tickets-rest",
        method="POST",
        path="/tickets",
        body={"title": "x", "priority": 1},
    ),
    Case(
        "POST /tickets/search",
        "POST",
        "/tickets",
        adapter="tickets-rest",
        method="POST",
        path="/tickets/search",
        body={"text": "broken"},
    ),
    Case(
        "PATCH /tickets/{number}",
        "PATCH",
        "/tickets/{number}",
        adapter="tickets-rest",
        method="PATCH",
        path="/tickets/1",
        body={"lambda": True},
    ),
)

TOOLS = (
    Case(
        "create-ticket",
        "POST",
        "/tickets",
        adapter="tickets-mcp",
        body_argument="ticket",
        body={"title": "x", "priority": 1},
    ),
    Case(
        "search-tickets",
        "POST",
        "/tickets",
        adapter="tickets-mcp",
        body={"text": "broken"},
    ),
    Case(
        "update-ticket",
        "PATCH",
        "/tickets/{number}",
        adapter="tickets-mcp",
        arguments={"number": 1},
        body={"lambda": True},
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
