"""Each operation, route and tool of News feeds makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "feeds_capability"

OPERATIONS = (
    Case("get-feed", "GET", "/feeds/{section}.xml", arguments={"section": "x"}),
)

ROUTES = (
    Case(
        "GET /sections/{section}",
        "GET",
        "/feeds/{section}.xml",
        adapter="feeds",
        method="GET",
        path="/sections/x",
        answer={
            "title": "text",
            "version": "text",
            "articles": [
                {"title": "text", "link": "text", "id": "text", "is-link": "text"},
                {"title": "text", "link": "text", "id": "text", "is-link": "text"},
            ],
        },
    ),
    Case(
        "GET /sections/{section}/feed",
        "GET",
        "/feeds/{section}.xml",
        adapter="feeds",
        method="GET",
        path="/sections/x/feed",
        raw=True,
    ),
)

TOOLS = (
    Case(
        "list-headlines",
        "GET",
        "/feeds/{section}.xml",
        adapter="feeds-tools",
        arguments={"section": "x"},
        answer=["text", "text", "text"],
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
