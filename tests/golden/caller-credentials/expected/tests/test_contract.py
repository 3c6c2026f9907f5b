"""Each operation, route and tool of Guarded harbour makes one good request."""

from __future__ import annotations

import pytest
from callers import Caller, check_access
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "caller_credentials_capability"

CALLERS = {
    "office": Caller("basic", ("office_user", "office_password")),
    "vault": Caller("digest", ("office_user", "office_password")),
    "partners": Caller("apikey-header", ("partner_key",), "X-Partner-Key"),
    "boards": Caller("apikey-query", ("partner_key",), "board key"),
    "agents": Caller("bearer", ("agent_token",)),
    "keyed-agents": Caller("apikey-header", ("agent_token",), "X-Agent-Key"),
    "manuals": Caller("bearer", ("agent_token",)),
    "control": Caller("basic", ("office_user", "office_password")),
}

PROTECTED = (
    ("rest", "office"),
    ("rest", "vault"),
    ("rest", "partners"),
    ("rest", "boards"),
    ("mcp", "agents"),
    ("mcp", "keyed-agents"),
    ("skill", "manuals"),
    ("control", "control"),
)

OPERATIONS = (Case("list-ships", "GET", "/ships", arguments={"flag": "x"}),)

ROUTES = (
    Case(
        "GET /ships",
        "GET",
        "/ships",
        adapter="office",
        method="GET",
        path="/ships?flag=x",
    ),
    Case(
        "GET /ships",
        "GET",
        "/ships",
        adapter="vault",
        method="GET",
        path="/ships?flag=x",
    ),
    Case(
        "GET /ships",
        "GET",
        "/ships",
        adapter="partners",
        method="GET",
        path="/ships?flag=x",
    ),
    Case(
        "GET /ships",
        "GET",
        "/ships",
        adapter="boards",
        method="GET",
        path="/ships?flag=x",
    ),
    Case(
        "GET /ships",
        "GET",
        "/ships",
        adapter="open",
        method="GET",
        path="/ships?flag=x",
    ),
)

TOOLS = (
    Case("list-ships", "GET", "/ships", adapter="agents", arguments={"flag": "x"}),
    Case(
        "list-ships",
        "GET",
        "/ships",
        adapter="keyed-agents",
        arguments={"flag": "x"},
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
