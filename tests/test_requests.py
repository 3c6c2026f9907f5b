"""What upstreams get: templates, parameters of all levels and places, request bodies."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from requests_seen import Emitted, imported

HARBOUR = {"HARBOUR_AGENT": "a/b c"}
STOCK = {"STOCK_API_VERSION": "7", "STOCK_TENANT": "t 1;x"}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("templates", tmp_path_factory.mktemp("templates")) as package:
        yield package


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("request-levels", tmp_path_factory.mktemp("levels")) as package:
        yield package


def test_templates_are_filled_in_path_query_and_headers(harbour: Emitted) -> None:
    path = "/ships/9?kind=x%2Fy&vessel=A%26B&from=2026-01-02"
    (seen,) = harbour.route("harbour", "GET", path, HARBOUR).seen
    assert seen.target == (
        "/fleets/a%2Fb%20c/ships/9/t-x%2Fy?unit=kt&tag=v-A%26B"
        "&since=2026-01-02T00%3A00%3A00Z&format=full&view=full-kt"
    )
    assert seen.headers["X-Agent"] == "agent a/b c"


def test_a_parameter_whose_template_lacks_a_value_is_left_out(harbour: Emitted) -> None:
    found = harbour.tool(
        "tools", "list-positions", {"imo": 1, "kind": "k", "vessel": "V"}, HARBOUR
    )
    assert found.status == 200
    assert (
        found.seen[0].target
        == "/fleets/a%2Fb%20c/ships/1/t-k?unit=kt&tag=v-V&format=full&view=full-kt"
    )


def test_a_required_value_of_a_template_is_asked_for(harbour: Emitted) -> None:
    found = harbour.route("harbour", "GET", "/ships/9?kind=x", HARBOUR)
    assert (found.status, found.seen) == (400, ())
    assert "/query/vessel" in found.text
    told = harbour.tool("tools", "list-positions", {"imo": 1, "kind": "k"}, HARBOUR)
    assert (told.status, told.seen) == (400, ())
    assert "vessel" in told.text


def test_a_template_names_a_setting_that_must_be_there(harbour: Emitted) -> None:
    with pytest.raises(Exception, match="HARBOUR_AGENT is not set"):
        harbour.load({})


def test_parameters_of_all_levels_are_sent(stock: Emitted) -> None:
    body = {"sku": "a", "count": 2, "tags": ["x", {"y": 1}], "place": "Rome"}
    found = stock.route(
        "depot", "POST", "/items", STOCK, json=body, headers={"session": "s,1"}
    )
    (seen,) = found.seen
    assert seen.target == "/items?lang=en"
    assert seen.headers.getall("X-Version") == ["7"]
    assert seen.headers.getall("Accept") == ["application/vnd.stock+json"]
    assert seen.headers.getall("Cookie") == ["tenant=t%201%3Bx; session=s%2C1"]
    assert json.loads(seen.body) == {
        "sku": "a",
        "count": 2,
        "tags": ["x", {"y": 1}],
        "origin": "depot",
        "note": "from Rome",
    }


def test_an_operation_overrides_a_parameter_of_the_block(stock: Emitted) -> None:
    (seen,) = stock.route("depot", "GET", "/items", STOCK).seen
    assert seen.target == "/items"
    told = {**STOCK, "STOCK_HINT": "y"}
    (seen,) = stock.route("depot", "GET", "/items?lang=de", told).seen
    assert seen.target == "/items?lang=de&hint=h-y"


def test_constants_of_a_tool_keep_their_types(stock: Emitted) -> None:
    (seen,) = stock.tool("depot-tools", "add-crate", {"size": "L"}, STOCK).seen
    assert json.loads(seen.body) == {
        "sku": "crate-L",
        "count": 1,
        "origin": "depot",
        "extra": 2.5,
    }


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"count": 2}, "/sku"),
        ({"sku": 1}, "/sku"),
        ({"sku": "a", "count": "2"}, "/count"),
        ({"sku": "a", "tags": "x"}, "/tags"),
        ({"sku": "a", "other": 1}, "/other"),
        ([], ""),
    ],
)
def test_fields_of_the_body_are_checked(
    stock: Emitted, body: object, pointer: str
) -> None:
    found = stock.route("depot", "POST", "/items", STOCK, json=body)
    assert (found.status, found.seen) == (400, ())
    assert pointer in [f["pointer"] for f in json.loads(found.text)["error"]["faults"]]
