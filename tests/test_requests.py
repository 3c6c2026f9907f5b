"""What upstreams get: templates, parameters of all levels and places, request bodies."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest

from requests_seen import Emitted, Seen, imported

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


NOTES = {"NOTES_TEAM": "red"}


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("request-bodies", tmp_path_factory.mktemp("bodies")) as package:
        yield package


def sent(notes: Emitted, name: str, **values: object) -> Seen:
    """The one request that route and tool both make for ``values``."""
    found = notes.route("notes-rest", "POST", f"/{name}", NOTES, json=values)
    told = notes.tool("notes-tools", f"send-{name}", values, NOTES)
    assert (found.status, told.status) == (200, 200), found.text
    (seen,), (other,) = found.seen, told.seen
    if name != "multipart":
        assert (seen.body, seen.headers["Content-Type"]) == (
            other.body,
            other.headers["Content-Type"],
        )
    return seen


ODD = "a\"b\\c&<d>'\n{{x}} ü"


def test_leaves_of_a_json_body_keep_their_types(notes: Emitted) -> None:
    seen = sent(notes, "json", title=[ODD, 1], tag={"a": None}, who=ODD, count=2.5)
    assert seen.headers["Content-Type"] == "application/json"
    assert json.loads(seen.body) == {
        "title": [ODD, 1],
        "team": "red",
        "tags": [{"a": None}, "fixed", None],
        "deep": {"text": f"to {ODD}", "nothing": None, "count": 2.5},
        "flag": True,
    }


def test_leaves_without_a_value_are_left_out(notes: Emitted) -> None:
    assert json.loads(sent(notes, "json").body) == {
        "team": "red",
        "tags": ["fixed", None],
        "deep": {"nothing": None},
        "flag": True,
    }


def test_values_stay_inside_of_json_text(notes: Emitted) -> None:
    seen = sent(notes, "json-text", title=ODD, who="w", count="3", meta={"a": [ODD]})
    assert seen.headers["Content-Type"] == "application/json"
    assert json.loads(seen.body) == {
        "title": f"{ODD} by w",
        "count": "3",
        "meta": {"a": [ODD]},
    }
    assert json.loads(sent(notes, "raw", title=ODD).body) == {"title": ODD}


def test_values_stay_inside_of_xml(notes: Emitted) -> None:
    seen = sent(notes, "xml", who=ODD, title=ODD)
    assert seen.headers["Content-Type"] == "application/xml; charset=UTF-8"
    note = ElementTree.fromstring(seen.body.decode())
    # A parser reads a line break in an attribute as a space (XML 1.0, section 3.3.3).
    assert (note.get("to"), note.text) == (ODD.replace("\n", " "), ODD)
    assert len(note) == 0
    refused = notes.route(
        "notes-rest", "POST", "/xml", NOTES, json={"who": "\0", "title": "x"}
    )
    assert (refused.status, refused.seen) == (400, ())


def test_a_content_type_parameter_decides_how_a_raw_body_is_made(
    notes: Emitted,
) -> None:
    seen = sent(notes, "raw-xml", title="<&")
    assert seen.headers.getall("Content-Type") == ["text/xml"]
    assert seen.body == b"<t>&lt;&amp;</t>"


def test_text_and_sparql(notes: Emitted) -> None:
    seen = sent(notes, "text", who=ODD)
    assert seen.headers["Content-Type"] == "text/plain; charset=UTF-8"
    assert seen.body.decode() == f"Dear {ODD}"
    seen = sent(notes, "sparql", id='a> <b"', title='x" } DROP {\n\\')
    assert seen.headers["Content-Type"] == "application/sparql-query"
    assert seen.body.decode() == (
        "SELECT ?n { <https://n.example/a%3E%20%3Cb%22> " '?p "x\\" } DROP {\\n\\\\" }'
    )


def test_forms(notes: Emitted) -> None:
    seen = sent(notes, "form", title=[1, "&"], who="ü&=")
    assert seen.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(seen.body.decode(), strict_parsing=True) == [
        ("title", '[1,"&"]'),
        ("who", "to ü&="),
        ("fixed", "a b&c"),
    ]
    assert sent(notes, "form").body == b"fixed=a+b%26c"
    seen = sent(notes, "form-text", title="1&x=2")
    assert seen.body == b"title=1%26x%3D2&x=1"


def test_multipart(notes: Emitted) -> None:
    seen = sent(notes, "multipart", title=ODD, text="line\r\n--", who='a"\r\nb')
    message = email.message_from_bytes(
        b"Content-Type: "
        + seen.headers["Content-Type"].encode()
        + b"\r\n\r\n"
        + seen.body,
        policy=email.policy.HTTP,
    )
    title, file = message.iter_parts()
    assert title["Content-Disposition"].params["name"] == "title"
    assert title["Content-Type"] is None
    assert title.get_payload(decode=True) == ODD.encode()
    assert file["Content-Disposition"].params["name"] == "file"
    assert 'filename="a%22%0D%0Ab.txt"' in file["Content-Disposition"]
    assert file.get_content_type() == "text/plain"
    assert file.get_payload(decode=True) == b"line\r\n--"


def test_a_body_without_data_is_the_callers(notes: Emitted) -> None:
    found = notes.route("notes-rest", "POST", "/passed", NOTES, json={"any": [1]})
    assert json.loads(found.seen[0].body) == {"any": [1]}
    assert notes.route("notes-rest", "POST", "/passed", NOTES).seen[0].body == b""


def test_a_value_that_a_text_needs_is_asked_for(notes: Emitted) -> None:
    found = notes.route("notes-rest", "POST", "/text", NOTES, json={})
    assert (found.status, found.seen) == (400, ())
    assert '"/who"' in found.text


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("base-uri-variables", tmp_path_factory.mktemp("shops")) as package:
        yield package


def test_a_base_uri_is_put_together_when_the_package_starts(shops: Emitted) -> None:
    values = {"REGION": "eu-1", "SHOP_HOST": "shops.example", "PORT": "8443"}
    transport = shops.load(values).shops
    assert transport.base_uri == "https://eu-1.shops.example:8443/api"
    assert (
        shops.load({"SHOPS_BASE_URI": "http://localhost:1"}).shops.base_uri
        == "http://localhost:1"
    )


def test_all_missing_parts_of_a_base_uri_are_named(shops: Emitted) -> None:
    with pytest.raises(Exception, match="REGION is not set; .*SHOP_HOST is not set"):
        shops.load({"PORT": "1"})


@pytest.mark.parametrize(
    "text", ["evil.example/?", "u@evil", "a#b", "a b", "{x}", "a\\b"]
)
def test_a_part_of_a_base_uri_is_checked(shops: Emitted, text: str) -> None:
    values = {"REGION": text, "SHOP_HOST": "shops.example", "PORT": "1"}
    with pytest.raises(Exception, match="REGION cannot be a part of a URL") as caught:
        shops.load(values)
    assert text not in str(caught.value)


def test_an_address_that_is_none_is_refused(shops: Emitted) -> None:
    values = {"REGION": "eu", "SHOP_HOST": "shops.example", "PORT": "x"}
    with pytest.raises(Exception, match="is not a valid URL"):
        shops.load(values)
