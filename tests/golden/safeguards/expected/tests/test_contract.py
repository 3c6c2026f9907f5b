"""Each operation, route and tool of Vault makes one good request."""

from __future__ import annotations

import pytest
from support import (
    Case,
    case_name,
    run_forward,
    run_operation,
    run_resource,
    run_route,
    run_tool,
)

PACKAGE = "safeguards_capability"

OPERATIONS = (
    Case("list-boxes", "GET", "/boxes"),
    Case("find-boxes", "POST", "/boxes", arguments={"word": "x"}),
    Case("get-box", "GET", "/boxes/{box}", arguments={"box": "x"}),
    Case(
        "empty-box",
        "DELETE",
        "/boxes/{box}",
        arguments={"acknowledged": "x", "box": "x"},
    ),
    Case("add-note", "POST", "/notes", arguments={"text": "x"}),
    Case("tidy", "GET", "/boxes", others=(("POST", "/notes"),), answer={}),
    Case(
        "note-twice",
        "POST",
        "/notes",
        others=(("POST", "/notes"),),
        arguments={"text": "x"},
        answer={},
    ),
)

FORWARDS = (
    Case(
        "passed-on",
        "GET",
        "/x",
        adapter="vault-rest",
        method="GET",
        path="/forward/x",
    ),
)

ROUTES = (
    Case(
        "GET /boxes",
        "GET",
        "/boxes",
        adapter="vault-rest",
        method="GET",
        path="/boxes",
    ),
    Case(
        "POST /searches",
        "POST",
        "/boxes",
        adapter="vault-rest",
        method="POST",
        path="/searches",
        members={"word": "x"},
    ),
    Case(
        "GET /boxes/{box}",
        "GET",
        "/boxes/{box}",
        adapter="vault-rest",
        method="GET",
        path="/boxes/x",
    ),
    Case(
        "DELETE /boxes/{box}",
        "DELETE",
        "/boxes/{box}",
        adapter="vault-rest",
        method="DELETE",
        path="/boxes/x?acknowledged=x",
    ),
    Case(
        "GET /tidy",
        "GET",
        "/boxes",
        others=(("POST", "/notes"),),
        adapter="vault-rest",
        method="GET",
        path="/tidy",
        answer={},
    ),
)

TOOLS = (
    Case("list-boxes", "GET", "/boxes", adapter="vault-tools"),
    Case(
        "find-boxes",
        "POST",
        "/boxes",
        adapter="vault-tools",
        arguments={"word": "x"},
    ),
    Case(
        "empty-box",
        "DELETE",
        "/boxes/{box}",
        adapter="vault-tools",
        arguments={"acknowledged": "x", "box": "x", "acknowledged_2": True},
    ),
    Case("add-note", "POST", "/notes", adapter="vault-tools", arguments={"text": "x"}),
    Case(
        "note-twice",
        "POST",
        "/notes",
        others=(("POST", "/notes"),),
        adapter="vault-tools",
        arguments={"text": "x", "acknowledged": True},
        answer={},
    ),
)

RESOURCES = (
    Case("boxes", "GET", "/boxes", adapter="vault-tools", path="vault://boxes"),
    Case("search", "POST", "/boxes", adapter="vault-tools", path="vault://searches/x"),
    Case("noted", "POST", "/notes", adapter="vault-tools", path="vault://noted/x"),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", FORWARDS, ids=case_name)
def test_a_request_is_passed_on(case: Case) -> None:
    run_forward(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)


@pytest.mark.parametrize("case", RESOURCES, ids=case_name)
def test_a_resource_makes_one_good_request(case: Case) -> None:
    run_resource(PACKAGE, case)
