"""Each operation, route and tool of Machines of many clouds makes one good request."""

from __future__ import annotations

import pytest
from support import Case, case_name, run_operation, run_route

PACKAGE = "cloud_signatures_capability"

OPERATIONS = (
    Case(
        "describe-instances",
        "POST",
        "/",
        upstream="machines",
        arguments={"limit": 1},
    ),
    Case(
        "list-blobs",
        "GET",
        "/{container}",
        upstream="blobs",
        arguments={"container": "x", "prefix": "x"},
    ),
    Case("list-users", "GET", "/", upstream="users", arguments={"Limit": 1}),
    Case(
        "describe-groups",
        "POST",
        "/",
        upstream="groups",
        arguments={"RegionId": "x"},
    ),
    Case(
        "add-server",
        "POST",
        "/{project}/servers",
        upstream="servers",
        arguments={"project": "x", "name": "x"},
    ),
)

ROUTES = (
    Case(
        "POST /machines",
        "POST",
        "/",
        upstream="machines",
        adapter="clouds-rest",
        method="POST",
        path="/machines",
        members={"limit": 1},
    ),
    Case(
        "GET /blobs/{container}",
        "GET",
        "/{container}",
        upstream="blobs",
        adapter="clouds-rest",
        method="GET",
        path="/blobs/x?prefix=x",
    ),
    Case(
        "GET /users",
        "GET",
        "/",
        upstream="users",
        adapter="clouds-rest",
        method="GET",
        path="/users?Limit=1",
    ),
    Case(
        "POST /groups",
        "POST",
        "/",
        upstream="groups",
        adapter="clouds-rest",
        method="POST",
        path="/groups?RegionId=x",
    ),
    Case(
        "POST /servers/{project}",
        "POST",
        "/{project}/servers",
        upstream="servers",
        adapter="clouds-rest",
        method="POST",
        path="/servers/x",
        members={"name": "x"},
    ),
)


@pytest.mark.parametrize("case", OPERATIONS, ids=case_name)
def test_an_operation_makes_one_good_request(case: Case) -> None:
    run_operation(PACKAGE, case)


@pytest.mark.parametrize("case", ROUTES, ids=case_name)
def test_a_route_makes_one_good_request(case: Case) -> None:
    run_route(PACKAGE, case)
