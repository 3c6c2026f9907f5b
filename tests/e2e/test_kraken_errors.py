"""Every error that Kraken documents, as callers of REST and of MCP get it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from e2e.clients import Answer, SandboxControl, post, text, tool
from e2e.servers import Server, serve
from e2e.upstreams import eventually

BALANCE = "/v1/0/private/balance"
TOOL = "kraken-get-account-balance"

# The table of Kraken's errors: the string, and the status that callers get. These say
# something about one call; what they say about the next ones is tested elsewhere.
STATUSES = {
    "EAPI:Invalid key": 502,
    "EAPI:Invalid signature": 502,
    "EService:Unavailable": 503,
    "EService:Busy": 503,
    "EService:Deadline elapsed": 504,
    "EService:Market in cancel_only mode": 503,
    "EService:Market in post_only mode": 503,
    "EGeneral:Permission denied": 403,
    "EGeneral:Invalid arguments": 400,
    "EGeneral:Invalid arguments:txid": 400,
    "EQuery:Unknown asset": 404,
    "EQuery:Unknown asset pair": 404,
    "EOrder:Unknown order": 404,
    "EOrder:Unknown position": 404,
    "EGeneral:Internal error": 502,
    "EGeneral:Internal error:ü-77": 502,
    "EGeneral:Unknown method": 502,
    "EAuth:Account temporary disabled": 403,
    "EAuth:Account unconfirmed": 403,
    "EAccount:Invalid permissions": 403,
    "EOrder:Insufficient funds": 422,
    "EFunding:Unknown withdraw key": 422,
    "ETrade:Locked": 422,
    "EBM:limit exceeded:CAL": 409,
    "ENew:Something that nobody has heard of": 502,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve("--sandbox", environ={}) as running:
        yield running


@pytest.fixture(scope="module")
def sandbox(server: Server) -> SandboxControl:
    return SandboxControl(server.program.wait_for(r"calls go to (\S+)")[1])


def envelope(*messages: str) -> bytes:
    document = {"error": list(messages)}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def balance(server: Server) -> Answer:
    return post(server.rest + BALANCE)


def check_good_calls(server: Server) -> None:
    """A call that succeeds: whatever was before has not stopped anything."""
    answer = balance(server)
    assert (answer.status, answer.document["error"]) == (200, [])
    assert "Retry-After" not in answer.headers


@pytest.mark.parametrize("error", STATUSES)
def test_an_error_of_one_call(
    server: Server, sandbox: SandboxControl, error: str
) -> None:
    before = sandbox.received
    sandbox.inject(error, error)
    answer = balance(server)
    assert (answer.status, answer.body) == (STATUSES[error], envelope(error))
    assert answer.headers["Content-Type"].startswith("application/json")
    assert "Retry-After" not in answer.headers

    result = tool(server.mcp, TOOL)
    assert result.is_error
    assert text(result) == error
    assert result.structured_content == {"error": [error]}
    assert sandbox.received == before + 2
    check_good_calls(server)


def test_several_errors_are_all_told(server: Server, sandbox: SandboxControl) -> None:
    messages = ["WGeneral:Something is old", "EQuery:Unknown asset pair:X", "EOrder:Y"]
    body = json.dumps({"error": messages, "result": {"half": "done"}})
    fault = {"status": 200, "body": body, "headers": {"Content-Type": "text/json"}}
    sandbox.inject(fault, fault)
    answer = balance(server)
    # The first one that is not a warning says which kind it is.
    assert (answer.status, answer.body) == (404, body.encode())
    assert answer.headers["Content-Type"] == "text/json"
    result = tool(server.mcp, TOOL)
    assert result.is_error
    assert text(result).split("\n") == messages


def test_a_warning_is_no_error(server: Server, sandbox: SandboxControl) -> None:
    body = '{"error":["WGeneral:Something is old"],"result":{"ZUSD":"1.0"}}'
    headers = {"Content-Type": "application/json"}
    sandbox.inject(*[{"status": 200, "body": body, "headers": headers}] * 2)
    answer = balance(server)
    assert (answer.status, answer.body) == (200, body.encode())
    result = tool(server.mcp, TOOL)
    assert not result.is_error
    assert text(result) == body


@pytest.mark.parametrize("refusals", [1, 2])
def test_a_refused_nonce_is_replaced(
    server: Server, sandbox: SandboxControl, refusals: int
) -> None:
    before = sandbox.received
    sandbox.inject(*["EAPI:Invalid nonce"] * refusals)
    check_good_calls(server)
    assert sandbox.received == before + refusals + 1


def test_a_nonce_is_replaced_twice_at_most(
    server: Server, sandbox: SandboxControl
) -> None:
    for adapter in ("rest", "mcp"):
        before = sandbox.received
        sandbox.inject(*["EAPI:Invalid nonce"] * 3)
        if adapter == "rest":
            answer = balance(server)
            assert (answer.status, answer.body) == (503, envelope("EAPI:Invalid nonce"))
        else:
            result = tool(server.mcp, TOOL)
            assert result.is_error
            assert text(result) == "EAPI:Invalid nonce"
        assert sandbox.received == before + 3
        check_good_calls(server)


def test_throttled_until_a_time(server: Server, sandbox: SandboxControl) -> None:
    until = int(time.time()) + 3
    error = f"EService: Throttled: {until}"
    before = sandbox.received
    sandbox.inject(error)
    answer = balance(server)
    assert (answer.status, answer.body) == (429, envelope(error))
    assert 0 <= answer.retry_after <= 3

    after = sandbox.received
    assert after == before + 1
    refused = 0

    def let_through() -> bool:
        nonlocal refused
        answer = balance(server)
        if answer.status == 200:
            return True
        assert (answer.status, answer.code) == (429, "rate_limited")
        assert 0 <= answer.retry_after <= 3
        assert sandbox.received == after, "a call was made in the pause"
        refused += 1
        return False

    eventually(let_through, "the end of the pause")
    # The server counts on another clock, so not to the millisecond.
    assert time.time() > until - 0.1
    assert refused > 0
