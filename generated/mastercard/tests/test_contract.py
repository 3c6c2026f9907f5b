"""Each operation, route and tool of Mastercard services makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route, run_tool

PACKAGE = "mastercard_capability"

OPERATIONS = (
    Case(
        "list-ranges",
        "POST",
        "/bin-resources/bin-ranges",
        arguments={"page": 1, "size": 1},
    ),
    Case(
        "find-range",
        "POST",
        "/bin-resources/bin-ranges/account-searches",
        arguments={"accountRange": "x"},
    ),
    Case("list-currencies", "GET", "/settlement/currencyrate/settlement-currencies"),
    Case(
        "get-rate",
        "GET",
        "/settlement/currencyrate/conversion-rate",
        arguments={
            "fxDate": "x",
            "transCurr": "x",
            "crdhldBillCurr": "x",
            "bankFee": 1.5,
            "transAmt": 1.5,
        },
    ),
    Case(
        "add-inquiry",
        "POST",
        "/fraud/merchant/v3/termination-inquiry",
        arguments={
            "AcquirerId": "x",
            "name": "x",
            "street": "x",
            "city": "x",
            "country": "x",
        },
    ),
    Case(
        "get-inquiry",
        "GET",
        "/fraud/merchant/v3/termination-inquiry/{reference}",
        arguments={"reference": "x", "AcquirerId": "x"},
    ),
)

ROUTES = (
    Case(
        "GET /ranges",
        "POST",
        "/bin-resources/bin-ranges",
        adapter="cards",
        method="GET",
        path="/ranges?page=1&size=1",
    ),
    Case(
        "GET /ranges/{account_range}",
        "POST",
        "/bin-resources/bin-ranges/account-searches",
        adapter="cards",
        method="GET",
        path="/ranges/000000",
    ),
    Case(
        "GET /currencies",
        "GET",
        "/settlement/currencyrate/settlement-currencies",
        adapter="cards",
        method="GET",
        path="/currencies",
    ),
    Case(
        "GET /rates/{trans_curr}/{crdhld_bill_curr}",
        "GET",
        "/settlement/currencyrate/conversion-rate",
        adapter="cards",
        method="GET",
        path="/rates/AAA/AAA?fxDate=0000-00-00&bankFee=1.5&transAmt=1.5",
    ),
    Case(
        "POST /inquiries",
        "POST",
        "/fraud/merchant/v3/termination-inquiry",
        adapter="cards",
        method="POST",
        path="/inquiries?AcquirerId=0",
        members={"name": "x", "street": "x", "city": "x", "country": "x"},
    ),
    Case(
        "GET /inquiries/{reference}",
        "GET",
        "/fraud/merchant/v3/termination-inquiry/{reference}",
        adapter="cards",
        method="GET",
        path="/inquiries/x?AcquirerId=0",
    ),
)

TOOLS = (
    Case(
        "list-ranges",
        "POST",
        "/bin-resources/bin-ranges",
        adapter="cards-tools",
        arguments={"page": 1, "size": 1},
    ),
    Case(
        "find-range",
        "POST",
        "/bin-resources/bin-ranges/account-searches",
        adapter="cards-tools",
        arguments={"accountRange": "x"},
    ),
    Case(
        "list-currencies",
        "GET",
        "/settlement/currencyrate/settlement-currencies",
        adapter="cards-tools",
    ),
    Case(
        "get-rate",
        "GET",
        "/settlement/currencyrate/conversion-rate",
        adapter="cards-tools",
        arguments={
            "fxDate": "x",
            "transCurr": "x",
            "crdhldBillCurr": "x",
            "bankFee": 1.5,
            "transAmt": 1.5,
        },
    ),
    Case(
        "add-inquiry",
        "POST",
        "/fraud/merchant/v3/termination-inquiry",
        adapter="cards-tools",
        arguments={
            "AcquirerId": "x",
            "name": "x",
            "street": "x",
            "city": "x",
            "country": "x",
        },
    ),
    Case(
        "get-inquiry",
        "GET",
        "/fraud/merchant/v3/termination-inquiry/{reference}",
        adapter="cards-tools",
        arguments={"reference": "x", "AcquirerId": "x"},
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
