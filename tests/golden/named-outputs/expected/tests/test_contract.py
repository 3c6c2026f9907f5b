"""Each operation, route and tool of Parcel makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "named_outputs_capability"

OPERATIONS = (
    Case("get-parcel", "GET", "/parcels/{number}", arguments={"number": "x"}),
    Case(
        "next-parcel",
        "GET",
        "/parcels/{number}",
        others=(("GET", "/parcels/{number}"),),
        arguments={"number": "x"},
        answer={"arrived": True},
    ),
)

ROUTES = (
    Case(
        "GET /parcels/{number}",
        "GET",
        "/parcels/{number}",
        adapter="parcels-rest",
        method="GET",
        path="/parcels/x",
        answer={
            "unit": "kg",
            "weight": 5,
            "arrived": True,
            "to": {"country": "NL"},
            "stops": ["text"],
        },
    ),
    Case(
        "GET /parcels/{number}/rules",
        "GET",
        "/parcels/{number}",
        adapter="parcels-rest",
        method="GET",
        path="/parcels/x/rules",
        answer={"limits": {"weight": 30}, "countries": ["NL", "BE"], "number": "text"},
    ),
    Case(
        "GET /parcels/{number}/next",
        "GET",
        "/parcels/{number}",
        others=(("GET", "/parcels/{number}"),),
        adapter="parcels-rest",
        method="GET",
        path="/parcels/x/next",
        answer={"arrived": True},
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
