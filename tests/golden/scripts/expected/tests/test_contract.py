"""Each operation, route and tool of Ranking makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation

PACKAGE = "scripts_capability"

OPERATIONS = (
    Case("list-ships", "GET", "/ships"),
    Case("book-berth", "POST", "/ships", arguments={"ship": "x"}),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)
