"""Each operation, route and tool of Fleet makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "orchestrated_capability"

OPERATIONS = (
    Case("get-ship", "GET", "/ships/{imo}", arguments={"imo": "x"}),
    Case("get-owner", "GET", "/owners/{owner}", arguments={"owner": "x", "view": "x"}),
    Case("list-crew", "GET", "/crew", arguments={"limit": 1}),
    Case("add-note", "POST", "/notes", arguments={"text": "x", "about": "x"}),
    Case(
        "ship-overview",
        "GET",
        "/crew",
        others=(("GET", "/ships/{imo}"), ("GET", "/owners/{owner}")),
        arguments={"imo": "x", "most": 1, "X-View": "x"},
        answer={
            "vessel": {"name": "text", "owner": "text"},
            "crew": [{"fullName": "text", "rank": "text"}],
        },
    ),
    Case(
        "leave-note",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crew"), ("POST", "/notes"), ("GET", "/ships/{imo}")),
        arguments={"text": "x", "imo": "x"},
        answer={"name": "text", "crewIds": ["text"], "owner": {"id": 7}},
    ),
    Case(
        "pass-note",
        "POST",
        "/notes",
        others=(("GET", "/crew"),),
        arguments={"body": {}},
        answer=[
            {"id": "text", "name": "text", "rank": "text"},
            {"id": "1", "name": "text"},
        ],
    ),
    Case(
        "find-sailor",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crew"),),
        arguments={"imo": "x", "id": 1, "most": 1},
        answer={
            "ship": {"shipName": "text", "ids": ["text"], "owner": 7},
            "sailor": {"id": "1", "fullName": "text"},
        },
    ),
)

ROUTES = (
    Case(
        "GET /ships/{imo}/overview",
        "GET",
        "/crew",
        others=(("GET", "/ships/{imo}"), ("GET", "/owners/{owner}")),
        adapter="fleet-rest",
        method="GET",
        path="/ships/x/overview?most=1",
        headers={"X-View": "x"},
        answer={
            "vessel": {"name": "text", "owner": "text"},
            "crew": [{"fullName": "text", "rank": "text"}],
        },
    ),
    Case(
        "POST /ships/{imo}/notes",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crew"), ("POST", "/notes"), ("GET", "/ships/{imo}")),
        adapter="fleet-rest",
        method="POST",
        path="/ships/x/notes",
        members={"text": "x"},
        answer={"name": "text", "crewIds": ["text"], "owner": {"id": 7}},
    ),
    Case(
        "POST /notes",
        "POST",
        "/notes",
        others=(("GET", "/crew"),),
        adapter="fleet-rest",
        method="POST",
        path="/notes",
        members={},
        answer=[
            {"id": "text", "name": "text", "rank": "text"},
            {"id": "1", "name": "text"},
        ],
    ),
)

TOOLS = (
    Case(
        "find-sailor",
        "GET",
        "/ships/{imo}",
        others=(("GET", "/crew"),),
        adapter="fleet-mcp",
        arguments={"imo": "x", "id": 1, "most": 1},
        answer={
            "ship": {"shipName": "text", "ids": ["text"], "owner": 7},
            "sailor": {"id": "1", "fullName": "text"},
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
