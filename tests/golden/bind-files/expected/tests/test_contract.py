"""Each operation, route and tool of Library makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "bind_files_capability"

OPERATIONS = (
    Case("list-books", "GET", "/partners/{{PARTNER}}/books", upstream="library"),
    Case(
        "add-book",
        "POST",
        "/partners/{{PARTNER}}/books",
        upstream="library",
        arguments={"title": "x"},
    ),
    Case("list-boxes", "GET", "/boxes", upstream="archive"),
)

ROUTES = (
    Case(
        "GET /books",
        "GET",
        "/partners/{{PARTNER}}/books",
        upstream="library",
        adapter="desk",
        method="GET",
        path="/books",
    ),
    Case(
        "POST /books",
        "POST",
        "/partners/{{PARTNER}}/books",
        upstream="library",
        adapter="desk",
        method="POST",
        path="/books",
        members={"title": "x"},
    ),
    Case(
        "GET /boxes",
        "GET",
        "/boxes",
        upstream="archive",
        adapter="desk",
        method="GET",
        path="/boxes",
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
