"""Each operation, route and tool of Orders to read makes one good request."""

from __future__ import annotations

import pytest
from support import (
    Case,
    PromptCase,
    case_name,
    run_files,
    run_operation,
    run_prompt,
    run_resource,
    run_tool,
)

PACKAGE = "mcp_resources_capability"

OPERATIONS = (
    Case(
        "get-line",
        "GET",
        "/orders/{number}/lines/{line}",
        arguments={"locale": "x", "number": "x", "line": "x", "tag": "x"},
    ),
    Case("get-totals", "GET", "/totals", arguments={"locale": "x"}),
    Case(
        "get-label",
        "GET",
        "/labels/{number}",
        arguments={"locale": "x", "number": "x"},
    ),
    Case(
        "summary",
        "GET",
        "/totals",
        others=(("GET", "/orders/{number}/lines/{line}"),),
        arguments={"order": "x"},
        answer={"order": {"first": {"sku": "text"}}, "total": "text"},
    ),
)

TOOLS = (
    Case("get-totals", "GET", "/totals", adapter="shop-mcp", arguments={"locale": "x"}),
)

RESOURCES = (
    Case("totals", "GET", "/totals", adapter="shop-mcp", path="shop://totals"),
    Case(
        "order-line",
        "GET",
        "/orders/{number}/lines/{line}",
        adapter="shop-mcp",
        path="shop://orders/x/lines/x.json",
        answer={"sku": "text", "count": 7},
    ),
    Case(
        "label",
        "GET",
        "/labels/{number}",
        adapter="shop-mcp",
        path="shop://labels/x",
    ),
    Case(
        "summary",
        "GET",
        "/totals",
        others=(("GET", "/orders/{number}/lines/{line}"),),
        adapter="shop-mcp",
        path="shop://orders/x/summary",
        answer={"order": {"first": {"sku": "text"}}, "total": "text"},
    ),
)

PROMPTS = (
    PromptCase(
        "shop-mcp",
        "explain-order",
        {"order": "a order", "tone": "a tone"},
        [
            ("user", "Explain order a order in a a tone tone."),
            ("assistant", "Which part of it?"),
            ("user", "a order"),
        ],
    ),
    PromptCase(
        "shop-mcp",
        "letter",
        {"customer": "a customer", "order": "a order"},
        [
            (
                "user",
                "Write a letter to a customer.\n\nMention {{ blanks }} and order a order.\n",
            ),
        ],
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)


@pytest.mark.parametrize("case", RESOURCES, ids=case_name)
def test_a_resource_makes_one_good_request(case: Case) -> None:
    run_resource(PACKAGE, case)


@pytest.mark.parametrize("case", PROMPTS, ids=case_name)
def test_a_prompt_gives_its_messages(case: PromptCase) -> None:
    run_prompt(PACKAGE, case)


def test_every_published_file_can_be_read() -> None:
    run_files(PACKAGE)
