"""Each operation, route and tool of Ship register makes one good request."""

from __future__ import annotations

import pytest
from callers import Caller, check_access
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "access_tokens_capability"

CALLERS = {
    "ships": Caller("oauth2", ("ships_issuer",)),
    "opaque": Caller("oauth2", ("login_server",)),
    "ship-tools": Caller("oauth2", ("login_server",)),
}

PROTECTED = (("rest", "ships"), ("rest", "opaque"), ("mcp", "ship-tools"))

OPERATIONS = (Case("list-ships", "GET", "/ships"),)

ROUTES = (
    Case("GET /ships", "GET", "/ships", adapter="ships", method="GET", path="/ships"),
    Case("GET /ships", "GET", "/ships", adapter="opaque", method="GET", path="/ships"),
)

TOOLS = (Case("list-ships", "GET", "/ships", adapter="ship-tools"),)


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
