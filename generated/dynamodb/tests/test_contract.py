"""Each operation, route and tool of Amazon DynamoDB makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "dynamodb_capability"

OPERATIONS = (
    Case("list-tables", "POST", "/", arguments={"limit": 1}),
    Case("describe-table", "POST", "/", arguments={"table": "x"}),
    Case("get-item", "POST", "/", arguments={"table": "x", "key": {}}),
    Case(
        "query-items",
        "POST",
        "/",
        arguments={"table": "x", "condition": "x", "values": {}},
    ),
    Case("put-item", "POST", "/", arguments={"table": "x", "item": {}}),
    Case("delete-item", "POST", "/", arguments={"table": "x", "key": {}}),
)

ROUTES = (
    Case(
        "GET /tables",
        "POST",
        "/",
        adapter="tables",
        method="GET",
        path="/tables?limit=1",
    ),
    Case(
        "GET /tables/{table}",
        "POST",
        "/",
        adapter="tables",
        method="GET",
        path="/tables/aaa",
    ),
    Case(
        "GET /tables/{table}/items",
        "POST",
        "/",
        adapter="tables",
        method="GET",
        path="/tables/aaa/items?key=%7B%7D",
    ),
    Case(
        "PUT /tables/{table}/items",
        "POST",
        "/",
        adapter="tables",
        method="PUT",
        path="/tables/aaa/items",
        members={"item": {}},
    ),
    Case(
        "DELETE /tables/{table}/items",
        "POST",
        "/",
        adapter="tables",
        method="DELETE",
        path="/tables/aaa/items?key=%7B%7D",
    ),
    Case(
        "POST /tables/{table}/queries",
        "POST",
        "/",
        adapter="tables",
        method="POST",
        path="/tables/aaa/queries",
        members={"condition": "x", "values": {}},
    ),
)

TOOLS = (
    Case("list-tables", "POST", "/", adapter="tables-tools", arguments={"limit": 1}),
    Case(
        "describe-table",
        "POST",
        "/",
        adapter="tables-tools",
        arguments={"table": "x"},
    ),
    Case(
        "get-item",
        "POST",
        "/",
        adapter="tables-tools",
        arguments={"table": "x", "key": {}},
    ),
    Case(
        "query-items",
        "POST",
        "/",
        adapter="tables-tools",
        arguments={"table": "x", "condition": "x", "values": {}},
    ),
    Case(
        "put-item",
        "POST",
        "/",
        adapter="tables-tools",
        arguments={"table": "x", "item": {}},
    ),
    Case(
        "delete-item",
        "POST",
        "/",
        adapter="tables-tools",
        arguments={"table": "x", "key": {}},
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
