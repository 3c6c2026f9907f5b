"""Reply: which status callers get."""

from static.reply import Failure, Reply


def test_a_reply_answers_with_the_upstream_status() -> None:
    assert Reply(503, b"{}", "application/json").http_status == 503


def test_a_failure_in_the_body_decides_the_status() -> None:
    failure = Failure(429, "rate_limit", ("EAPI:Rate limit exceeded",), 3.0)
    reply = Reply(200, b"{}", "application/json", failure)
    assert reply.http_status == 429
    assert reply.status == 200
