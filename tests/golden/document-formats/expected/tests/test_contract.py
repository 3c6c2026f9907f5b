"""Each operation, route and tool of Documents makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "document_formats_capability"

OPERATIONS = (
    Case("get-settings", "GET", "/settings.yaml"),
    Case("list-prices", "GET", "/prices.html"),
    Case("get-notes", "GET", "/notes.md"),
    Case("get-order", "GET", "/orders/{id}", arguments={"id": "x"}),
    Case("get-ship", "GET", "/ships/{imo}", arguments={"imo": "x"}),
)

ROUTES = (
    Case(
        "GET /settings",
        "GET",
        "/settings.yaml",
        adapter="documents",
        method="GET",
        path="/settings",
        answer={"currency": "text", "open": True},
    ),
    Case(
        "GET /prices",
        "GET",
        "/prices.html",
        adapter="documents",
        method="GET",
        path="/prices",
        answer=[{"article": "text", "price": "text"}],
    ),
    Case(
        "GET /orders/{id}",
        "GET",
        "/orders/{id}",
        adapter="documents",
        method="GET",
        path="/orders/x",
        answer={"id": 7, "total": "0.07", "skus": ["text"]},
    ),
    Case(
        "GET /ships/{imo}",
        "GET",
        "/ships/{imo}",
        adapter="documents",
        method="GET",
        path="/ships/x",
        answer={"name": "text", "kind": "TANKER", "track": [1.5]},
    ),
    Case(
        "GET /ships/{imo}/message",
        "GET",
        "/ships/{imo}",
        adapter="documents",
        method="GET",
        path="/ships/x/message",
        raw=True,
    ),
)

TOOLS = (
    Case(
        "list-releases",
        "GET",
        "/notes.md",
        adapter="document-tools",
        answer=[{"name": "Release", "text": "text"}],
    ),
    Case(
        "get-order",
        "GET",
        "/orders/{id}",
        adapter="document-tools",
        arguments={"id": "x"},
        answer="OPEN",
    ),
    Case(
        "pass-order",
        "GET",
        "/orders/{id}",
        adapter="document-tools",
        arguments={"id": "x"},
        raw=True,
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
