"""Each operation, route and tool of Notes makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "request_bodies_capability"

OPERATIONS = (
    Case(
        "send-json",
        "POST",
        "/json",
        arguments={"title": "x", "tag": "x", "who": "x", "count": "x"},
    ),
    Case(
        "send-json-text",
        "POST",
        "/json-text",
        arguments={"title": "x", "who": "x", "count": "x", "meta": "x"},
    ),
    Case("send-text", "POST", "/text", arguments={"who": "x"}),
    Case("send-xml", "POST", "/xml", arguments={"who": "x", "title": "x"}),
    Case("send-sparql", "POST", "/sparql", arguments={"id": "x", "title": "x"}),
    Case("send-form", "POST", "/form", arguments={"title": "x", "who": "x"}),
    Case("send-form-text", "POST", "/form-text", arguments={"title": "x"}),
    Case(
        "send-multipart",
        "POST",
        "/multipart",
        arguments={"title": "x", "who": "x", "text": "x", "more": "x"},
    ),
    Case("send-raw", "POST", "/raw", arguments={"title": "x"}),
    Case("send-raw-xml", "POST", "/raw-xml", arguments={"title": "x"}),
    Case("send-passed", "POST", "/passed"),
)

ROUTES = (
    Case(
        "POST /json",
        "POST",
        "/json",
        adapter="notes-rest",
        method="POST",
        path="/json",
        members={"title": "x", "tag": "x", "who": "x", "count": "x"},
    ),
    Case(
        "POST /json-text",
        "POST",
        "/json-text",
        adapter="notes-rest",
        method="POST",
        path="/json-text",
        members={"title": "x", "who": "x", "count": "x", "meta": "x"},
    ),
    Case(
        "POST /text",
        "POST",
        "/text",
        adapter="notes-rest",
        method="POST",
        path="/text",
        members={"who": "x"},
    ),
    Case(
        "POST /xml",
        "POST",
        "/xml",
        adapter="notes-rest",
        method="POST",
        path="/xml",
        members={"who": "x", "title": "x"},
    ),
    Case(
        "POST /sparql",
        "POST",
        "/sparql",
        adapter="notes-rest",
        method="POST",
        path="/sparql",
        members={"id": "x", "title": "x"},
    ),
    Case(
        "POST /form",
        "POST",
        "/form",
        adapter="notes-rest",
        method="POST",
        path="/form",
        members={"title": "x", "who": "x"},
    ),
    Case(
        "POST /form-text",
        "POST",
        "/form-text",
        adapter="notes-rest",
        method="POST",
        path="/form-text",
        members={"title": "x"},
    ),
    Case(
        "POST /multipart",
        "POST",
        "/multipart",
        adapter="notes-rest",
        method="POST",
        path="/multipart",
        members={"title": "x", "who": "x", "text": "x", "more": "x"},
    ),
    Case(
        "POST /raw",
        "POST",
        "/raw",
        adapter="notes-rest",
        method="POST",
        path="/raw",
        members={"title": "x"},
    ),
    Case(
        "POST /raw-xml",
        "POST",
        "/raw-xml",
        adapter="notes-rest",
        method="POST",
        path="/raw-xml",
        members={"title": "x"},
    ),
    Case(
        "POST /passed",
        "POST",
        "/passed",
        adapter="notes-rest",
        method="POST",
        path="/passed",
    ),
)

TOOLS = (
    Case(
        "send-json",
        "POST",
        "/json",
        adapter="notes-tools",
        arguments={"title": "x", "tag": "x", "who": "x", "count": "x"},
    ),
    Case(
        "send-json-text",
        "POST",
        "/json-text",
        adapter="notes-tools",
        arguments={"title": "x", "who": "x", "count": "x", "meta": "x"},
    ),
    Case("send-text", "POST", "/text", adapter="notes-tools", arguments={"who": "x"}),
    Case(
        "send-xml",
        "POST",
        "/xml",
        adapter="notes-tools",
        arguments={"who": "x", "title": "x"},
    ),
    Case(
        "send-sparql",
        "POST",
        "/sparql",
        adapter="notes-tools",
        arguments={"id": "x", "title": "x"},
    ),
    Case(
        "send-form",
        "POST",
        "/form",
        adapter="notes-tools",
        arguments={"title": "x", "who": "x"},
    ),
    Case(
        "send-form-text",
        "POST",
        "/form-text",
        adapter="notes-tools",
        arguments={"title": "x"},
    ),
    Case(
        "send-multipart",
        "POST",
        "/multipart",
        adapter="notes-tools",
        arguments={"title": "x", "who": "x", "text": "x", "more": "x"},
    ),
    Case("send-raw", "POST", "/raw", adapter="notes-tools", arguments={"title": "x"}),
    Case(
        "send-raw-xml",
        "POST",
        "/raw-xml",
        adapter="notes-tools",
        arguments={"title": "x"},
    ),
    Case("send-passed", "POST", "/passed", adapter="notes-tools"),
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
