"""Failures inside answers of status 200."""

import pytest

from static.errors import CallError
from static.inband import ErrorRule, classify, messages_at

RULES = (
    ErrorRule("EAPI:Invalid nonce", 503, "nonce"),
    ErrorRule("EAPI:", 502, "credentials"),
    ErrorRule("EService: Throttled:", 429, "throttle", "unix-time"),
)
OTHERWISE = ErrorRule("", 502, "request")


def kind(*messages: str) -> str | None:
    failure = classify(messages, RULES, OTHERWISE, ("W",))
    return None if failure is None else failure.kind


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"error": [], "result": {}}', ()),
        (b'{"result": {}}', ()),
        (b'{"error": null}', ()),
        (b'{"error": ""}', ()),
        (b'{"error": ["E:a", "W:b"]}', ("E:a", "W:b")),
        (b'{"error": "E:a"}', ("E:a",)),
        (
            '{"error": [{"code": 1, "text": "é"}]}'.encode(),
            ('{"code": 1, "text": "é"}',),
        ),
    ],
)
def test_messages(body: bytes, expected: tuple[str, ...]) -> None:
    assert messages_at(body, "error") == expected


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"1", b'{"error": [', b"\xff", b"[" * 100_000]
)
def test_an_answer_that_is_not_a_json_object(body: bytes) -> None:
    with pytest.raises(CallError) as caught:
        messages_at(body, "error")
    assert (caught.value.status, caught.value.code) == (502, "upstream_invalid")


def test_the_first_rule_that_matches_the_first_error_decides() -> None:
    assert kind("EAPI:Invalid nonce") == "nonce"
    assert kind("EAPI:Invalid key") == "credentials"
    assert kind("EGeneral:Something new") == "request"
    assert kind("EGeneral:x", "EAPI:Invalid key") == "request"


def test_warnings_are_no_failure_but_are_kept_beside_one() -> None:
    assert kind() is None
    assert kind("WGeneral:Danger") is None
    failure = classify(("W:a", "EAPI:Invalid key"), RULES, OTHERWISE, ("W",))
    assert failure is not None
    assert failure.messages == ("W:a", "EAPI:Invalid key")


def test_nothing_is_ignored_without_prefixes() -> None:
    failure = classify(("W:a",), RULES, OTHERWISE, ())
    assert failure is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 1700000010", 10.0),
        ("1700000010.5", 10.5),
        (" 1600000000", 0.0),
        ("", None),
        (" soon", None),
        (" nan", None),
        (" 17000000000000000000", None),
    ],
)
def test_a_time_to_come_back(text: str, expected: float | None) -> None:
    message = "EService: Throttled:" + text
    failure = classify((message,), RULES, OTHERWISE, ("W",), now=lambda: 1.7e9)
    assert failure is not None
    assert failure.status == 429
    assert failure.retry_after == expected
