"""Each operation, route and tool of Maps makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_tool

PACKAGE = "query_key_capability"

OPERATIONS = (Case("search", "GET", "/search", arguments={"q": "x"}),)

TOOLS = (Case("search", "GET", "/search", adapter="maps-mcp", arguments={"text": "x"}),)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", TOOLS, ids=case_name)
def test_a_tool_makes_one_good_request(case: Case) -> None:
    run_tool(PACKAGE, case)
