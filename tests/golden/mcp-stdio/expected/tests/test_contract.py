"""Each operation, route and tool of Quotes makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_tool

PACKAGE = "mcp_stdio_capability"

OPERATIONS = (Case("get-quote", "GET", "/today"),)

TOOLS = (Case("get-quote", "GET", "/today", adapter="quotes-mcp"),)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)
