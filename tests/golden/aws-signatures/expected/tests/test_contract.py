"""Each operation, route and tool of Tables and files makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "aws_signatures_capability"

OPERATIONS = (
    Case("list-tables", "POST", "/", upstream="tables", arguments={"limit": 1}),
    Case("list-files", "GET", "/", upstream="files", arguments={"prefix": "x"}),
    Case("get-file", "GET", "/{key}", upstream="files", arguments={"key": "x"}),
)

ROUTES = (
    Case(
        "POST /tables",
        "POST",
        "/",
        upstream="tables",
        adapter="things-rest",
        method="POST",
        path="/tables",
        members={"limit": 1},
    ),
    Case(
        "GET /files",
        "GET",
        "/",
        upstream="files",
        adapter="things-rest",
        method="GET",
        path="/files?prefix=x",
    ),
    Case(
        "GET /files/{key}",
        "GET",
        "/{key}",
        upstream="files",
        adapter="things-rest",
        method="GET",
        path="/files/x",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
