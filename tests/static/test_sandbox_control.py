"""Options and control documents of a sandbox: what is understood, what is refused."""

from __future__ import annotations

import pytest

from static.reply import JsonValue
from static.sandbox_control import (
    Change,
    ControlError,
    Injection,
    SandboxOptions,
    parse_change,
)


def test_an_empty_document_changes_nothing() -> None:
    assert parse_change({}) == Change()


def test_every_member_is_understood() -> None:
    status: JsonValue = {"status": 429, "body": "slow", "headers": {"Retry-After": "2"}}
    document: JsonValue = {
        "delay": 1,
        "jitter": 0.5,
        "errors": ["a", {"error": "b"}, status, {"hang": True}, {"disconnect": True}],
        "error_rate": 1,
        "reset": True,
    }
    assert parse_change(document) == Change(
        delay=1.0,
        jitter=0.5,
        errors=(
            Injection("error", text="a"),
            Injection("error", text="b"),
            Injection("status", "slow", 429, (("Retry-After", "2"),)),
            Injection("hang"),
            Injection("disconnect"),
        ),
        error_rate=1.0,
        reset=True,
    )


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([], "JSON object"),
        ({"delya": 1}, "unknown member 'delya'; known: delay"),
        ({"delay": "1"}, "delay must be a number"),
        ({"delay": True}, "delay must be a number"),
        ({"delay": -1}, "delay must be from 0 to 600"),
        ({"jitter": 601}, "jitter must be from 0 to 600"),
        ({"jitter": float("nan")}, "jitter must be from 0 to 600"),
        ({"error_rate": 1.1, "errors": ["x"]}, "error_rate must be from 0 to 1"),
        ({"reset": 1}, "reset must be true or false"),
        ({"errors": "x"}, "errors must be an array"),
        ({"errors": ["x"] * 1001}, "at most 1000 errors"),
        ({"errors": ["x", ""]}, r"errors\[1\]: error must be a string that is not"),
        ({"errors": [3]}, r"errors\[0\]: must be a string or an object"),
        ({"errors": [{}]}, "needs one of error, status, hang"),
        ({"errors": [{"hang": 1}]}, "hang must be true"),
        ({"errors": [{"hang": True, "status": 500}]}, "unknown member 'hang'"),
        ({"errors": [{"status": 199}]}, "status must be from 200 to 599"),
        ({"errors": [{"status": True}]}, "status must be an integer"),
        ({"errors": [{"status": 500, "body": {}}]}, "body must be a string"),
        ({"errors": [{"status": 500, "headers": 1}]}, "headers must be an object"),
        ({"errors": [{"status": 500, "headers": {"A": "b\nC: d"}}]}, "header A must"),
        ({"errors": [{"status": 500, "headers": {"A b": "c"}}]}, "not a header name"),
    ],
)
def test_a_bad_document_is_refused_with_the_reason(
    document: JsonValue, reason: str
) -> None:
    with pytest.raises(ControlError, match=reason):
        parse_change(document)


@pytest.mark.parametrize(
    "options",
    [
        {"delay": -1},
        {"jitter": float("inf")},
        {"error_rate": 2},
        {"error_rate": 0.1},
        {"nonce_window": -1},
        {"port": 65536},
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ControlError, match=next(iter(options))):
        SandboxOptions(**options)  # type: ignore[arg-type]
