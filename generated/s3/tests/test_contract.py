"""Each operation, route and tool of Amazon S3 bucket makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "s3_capability"

OPERATIONS = (
    Case(
        "list-objects",
        "GET",
        "/",
        arguments={"prefix": "x", "max-keys": 1, "start-after": "x"},
    ),
    Case("get-object", "GET", "/{key}", arguments={"key": "x"}, raw=True),
    Case(
        "put-object",
        "PUT",
        "/{key}",
        arguments={"key": "x", "x-amz-meta-note": "x", "text": "x"},
    ),
    Case("delete-object", "DELETE", "/{key}", arguments={"key": "x"}),
)

ROUTES = (
    Case(
        "GET /objects",
        "GET",
        "/",
        adapter="objects",
        method="GET",
        path="/objects?prefix=x&max-keys=1&start-after=x",
        answer={
            "truncated": "text",
            "objects": [
                {"key": "text", "size": "text"},
                {"key": "text", "size": "text"},
            ],
        },
    ),
    Case(
        "GET /objects/{key}",
        "GET",
        "/{key}",
        adapter="objects",
        method="GET",
        path="/objects/x",
        raw=True,
    ),
    Case(
        "PUT /objects/{key}",
        "PUT",
        "/{key}",
        adapter="objects",
        method="PUT",
        path="/objects/x",
        headers={"x-amz-meta-note": "x"},
        members={"text": "x"},
    ),
    Case(
        "DELETE /objects/{key}",
        "DELETE",
        "/{key}",
        adapter="objects",
        method="DELETE",
        path="/objects/x",
    ),
)

TOOLS = (
    Case(
        "list-objects",
        "GET",
        "/",
        adapter="objects-tools",
        arguments={"prefix": "x", "max-keys": 1, "start-after": "x"},
        raw=True,
    ),
    Case(
        "get-object",
        "GET",
        "/{key}",
        adapter="objects-tools",
        arguments={"key": "x"},
        raw=True,
    ),
    Case(
        "put-object",
        "PUT",
        "/{key}",
        adapter="objects-tools",
        arguments={"key": "x", "x-amz-meta-note": "x", "text": "x"},
    ),
    Case(
        "delete-object",
        "DELETE",
        "/{key}",
        adapter="objects-tools",
        arguments={"key": "x"},
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
