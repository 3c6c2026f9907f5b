"""Each operation, route and tool of Parcel desk makes one good request."""

from __future__ import annotations

import pytest
from callers import Caller, check_access
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "protected_capability"

CALLERS = {
    "desk": Caller("basic", ("desk_user", "desk_password")),
    "partners": Caller("oauth2", ("partners_issuer",)),
    "agents": Caller("oauth2", ("agents_issuer",)),
}

PROTECTED = (("rest", "desk"), ("rest", "partners"), ("mcp", "agents"))

OPERATIONS = (
    Case("get-parcel", "GET", "/parcels/{parcel}", arguments={"parcel": "x"}),
)

ROUTES = (
    Case(
        "GET /parcels/{parcel}",
        "GET",
        "/parcels/{parcel}",
        adapter="desk",
        method="GET",
        path="/parcels/x",
    ),
    Case(
        "GET /parcels/{parcel}",
        "GET",
        "/parcels/{parcel}",
        adapter="partners",
        method="GET",
        path="/parcels/x",
    ),
)

TOOLS = (
    Case(
        "get-parcel",
        "GET",
        "/parcels/{parcel}",
        adapter="agents",
        arguments={"parcel": "x"},
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
