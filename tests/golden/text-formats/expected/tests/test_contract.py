"""Each operation, route and tool of Market data makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "text_formats_capability"

OPERATIONS = (
    Case("list-rates", "GET", "/rates.csv"),
    Case("list-banks", "GET", "/banks.tsv", arguments={"raw": "x"}),
    Case("list-fees", "GET", "/fees.psv"),
    Case("list-news", "GET", "/news.xml"),
)

ROUTES = (
    Case(
        "GET /rates",
        "GET",
        "/rates.csv",
        adapter="market",
        method="GET",
        path="/rates",
        answer=[{"currency": "text", "rate": "7"}],
    ),
    Case(
        "GET /rates.csv",
        "GET",
        "/rates.csv",
        adapter="market",
        method="GET",
        path="/rates.csv",
        raw=True,
    ),
    Case(
        "GET /news",
        "GET",
        "/news.xml",
        adapter="market",
        method="GET",
        path="/news",
        answer={"title": "text", "headlines": ["text", "text"]},
    ),
)

TOOLS = (
    Case(
        "list-banks",
        "GET",
        "/banks.tsv",
        adapter="market-tools",
        arguments={"raw": "x"},
        answer=[{"name": "text"}],
    ),
    Case("list-fees", "GET", "/fees.psv", adapter="market-tools", answer="text"),
    Case("pass-news", "GET", "/news.xml", adapter="market-tools", raw=True),
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
