"""What imported operations send and answer: forms, files, lists, cookies, texts and formats."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest

from requests_seen import Emitted, Seen, loaded
from test_openapi import FOLDER, built
from test_openapi import imported as import_document

USER = {"PETS_THREE_USER_USERNAME": "jo", "PETS_THREE_USER_PASSWORD": "p"}


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    folder = tmp_path_factory.mktemp("pets")
    spec = folder / "pets-three.yaml"
    import_document(FOLDER / "pets-3.0.yaml", spec)
    with loaded(built(spec), folder / "package") as package:
        yield package


def sent(pets: Emitted, name: str, **values: object) -> Seen:
    """The one request that the tool makes for ``values``."""
    found = pets.tool("pets-three-mcp", name, values, USER)
    assert found.status == 200, found.text
    (seen,) = found.seen
    return seen


def test_fields_of_a_form(pets: Emitted) -> None:
    values = {"user": "a&b", "days": 3, "roles": "x,y", "scope-a": "ü"}
    body = [("user", "a&b"), ("days", "3"), ("roles", "x,y"), ("scope[a]", "ü")]
    seen = sent(pets, "login", **values)
    assert seen.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(seen.body.decode()) == body
    (seen,) = pets.route("pets-three-rest", "POST", "/login", USER, json=values).seen
    assert parse_qsl(seen.body.decode()) == body
    bad = pets.route("pets-three-rest", "POST", "/login", USER, json={"days": "3"})
    assert (bad.status, bad.seen) == (400, ())
    assert "/user" in bad.text and "/days" in bad.text


def test_parts_of_a_multipart_form(pets: Emitted) -> None:
    seen = sent(pets, "upload-photo", file="<svg/>", about={"name": "Tom"}, note="n")
    head = f"Content-Type: {seen.headers['Content-Type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + seen.body, policy=email.policy.HTTP)
    parts = [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]
    assert parts == [
        ("file", "file", "image/svg+xml", b"<svg/>"),
        ("about", None, "application/json", b'{"name":"Tom"}'),
        ("note", None, "text/plain", b"n"),
    ]


def test_a_list_in_the_query_and_a_session_in_a_cookie(pets: Emitted) -> None:
    seen = sent(pets, "find-pets", status="sold,new", tag="a", session="s;1")
    assert parse_qsl(seen.target.partition("?")[2]) == [
        ("status", "sold,new"),
        ("tag", "a"),
    ]
    assert seen.headers["Cookie"] == "session=s%3B1"
    found = pets.route(
        "pets-three-rest", "GET", "/pets?status=new", USER, headers={"session": "s"}
    )
    assert found.seen[0].headers["Cookie"] == "session=s"
    missing = pets.route("pets-three-rest", "GET", "/pets?status=new", USER)
    assert (missing.status, missing.seen) == (400, ())


def test_bodies_that_are_no_objects(pets: Emitted) -> None:
    seen = sent(pets, "replace-pets", body=["a", "b"])
    assert (seen.headers["Content-Type"], seen.body) == (
        "application/json",
        b'["a","b"]',
    )
    found = pets.route("pets-three-rest", "PUT", "/pets", USER, json=["c"])
    assert json.loads(found.seen[0].body) == ["c"]
    seen = sent(pets, "add-note", body="{not} <json>")
    assert seen.headers["Content-Type"] == "text/plain"
    assert seen.body == b"{not} <json>"


def test_answers_that_are_not_json_are_passed_on(pets: Emitted) -> None:
    found = pets.tool("pets-three-mcp", "list-notes", {}, USER)
    assert (found.status, found.text) == (200, '{"good": true}')
