"""The answer of an upstream, mapped or passed on."""

from __future__ import annotations

import json
from typing import NoReturn

import pytest

from static.errors import CallError
from static.mapped import mapped
from static.reply import Failure, JsonValue, Reply


def name_of(document: JsonValue) -> JsonValue:
    return document.get("name") if isinstance(document, dict) else None


def never(document: JsonValue) -> NoReturn:
    raise AssertionError("this answer is not to be mapped")


def same(document: JsonValue) -> JsonValue:
    return document


def test_the_document_is_mapped() -> None:
    reply = Reply(201, '{"name": ["é", 1.0, null]}'.encode(), "text/json", None, 3)
    assert mapped(reply, name_of) == Reply(
        201, '["é",1.0,null]'.encode(), "application/json", None, 3
    )


@pytest.mark.parametrize("value", [False, 0, "", [], {}])
def test_only_null_means_that_nothing_maps(value: JsonValue) -> None:
    reply = Reply(200, b"{}", "application/json")
    assert json.loads(mapped(reply, lambda _: value).body) == value


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400, b'{"name": 1}', "application/json"),
        Reply(503, b"no JSON", "text/plain", None, 5),
        Reply(200, b'{"name": 1}', "application/json", Failure(429, "limit", ("x",))),
        Reply(204, b"", "application/octet-stream"),
    ],
)
def test_failures_and_empty_answers_stay_as_they_are(reply: Reply) -> None:
    assert mapped(reply, never) is reply


def test_an_answer_of_which_nothing_maps_stays_as_it_is() -> None:
    reply = Reply(200, b'{"other":  1}', "application/json")
    assert mapped(reply, name_of) is reply


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<html>", "at line 1 column 1"),
        (b'{"a": 1', "at line 1 column 8"),
        (b"\xff{}", "byte 1 is not UTF-8"),
        (b"NaN", "cannot be written again"),
        (b"[1e999]", "cannot be written again"),
        (b'["\\ud800"]', "cannot be written again"),
        (b"9" * 5000, "cannot be written again"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_not_json_is_a_bad_gateway(body: bytes, problem: str) -> None:
    with pytest.raises(CallError) as caught:
        mapped(Reply(200, body, "application/json"), same)
    assert (caught.value.status, caught.value.code) == (502, "upstream_invalid")
    assert problem in caught.value.message
    assert caught.value.__cause__ is None


def test_a_byte_order_mark_is_no_part_of_the_document() -> None:
    reply = Reply(200, b'\xef\xbb\xbf{"name": 1}', "application/json")
    assert mapped(reply, name_of).body == b"1"
