"""An upstream that does not answer, or not with what was asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from e2e.clients import ERAS, SandboxControl, post, text, tool
from e2e.servers import BASE_URI, CREDENTIALS, Server, serve
from e2e.upstreams import GatedUpstream, gated_upstream, in_thread, refusing_port

BALANCE = "/v1/0/private/balance"
TOOL = "kraken-get-account-balance"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve("--sandbox", environ={}) as running:
        yield running


@pytest.fixture(scope="module")
def sandbox(server: Server) -> SandboxControl:
    return SandboxControl(server.program.wait_for(r"calls go to (\S+)")[1])


@contextlib.contextmanager
def calling(url: str, **environ: str) -> Iterator[Server]:
    with serve(environ={**CREDENTIALS, BASE_URI: url, **environ}) as server:
        yield server


def check_failed(server: Server, status: int, code: str) -> None:
    """Both adapters fail with this error, and the log has a line for each."""
    answer = post(server.rest + BALANCE)
    assert (answer.status, answer.code) == (status, code)
    for mode in ERAS:
        result = tool(server.mcp, TOOL, mode=mode)
        assert result.is_error
        assert text(result).startswith(f"{code}: ")
    server.program.wait_for(rf"POST {BALANCE} -> {status} \({code}: ")
    server.program.wait_for(rf"tool {TOOL} failed \({code}: ")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"garbage": True}, "upstream_invalid"),
        ({"truncate": True}, "upstream_invalid"),
        ({"disconnect": True}, "upstream_unreachable"),
        ({"status": 302, "headers": {"Location": "/x"}}, "upstream_invalid"),
        ({"status": 200, "body": "[]"}, "upstream_invalid"),
        ({"status": 200, "body": "<html>"}, "upstream_invalid"),
    ],
    ids=str,
)
def test_an_answer_that_is_none(
    server: Server, sandbox: SandboxControl, fault: object, code: str
) -> None:
    before = sandbox.received
    sandbox.inject(fault, fault, fault)
    check_failed(server, 502, code)
    # No call is ever repeated: it may have been carried out.
    assert sandbox.received == before + 3
    assert post(server.rest + BALANCE).status == 200


def test_an_error_status_is_passed_on(server: Server, sandbox: SandboxControl) -> None:
    fault = {
        "status": 503,
        "body": "<h1>Wartung – zurück um fünf</h1>",
        "headers": {"Content-Type": "text/html; charset=utf-8", "Retry-After": "9"},
    }
    before = sandbox.received
    sandbox.inject(fault, fault)
    answer = post(server.rest + BALANCE)
    assert (answer.status, answer.body.decode()) == (503, fault["body"])
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.retry_after == 9
    result = tool(server.mcp, TOOL)
    assert result.is_error
    told = "the upstream answered with status 503\nretry after 9 s\n"
    assert text(result) == f"{told}{fault['body']}"
    assert sandbox.received == before + 2
    assert post(server.rest + BALANCE).status == 200


def test_an_upstream_that_hangs() -> None:
    quick = {"SPOT_REST_ACCOUNT_DATA_READ_TIMEOUT": "0.5"}
    with in_thread(gated_upstream()) as upstream:
        with calling(upstream.base_url, **quick) as server:
            check_failed(server, 504, "upstream_timeout")
            assert upstream.arrived == 3
            check_answered(server, upstream)
        assert upstream.arrived == 4


def check_answered(server: Server, upstream: GatedUpstream) -> None:
    upstream.open()
    answer = post(server.rest + BALANCE)
    assert (answer.status, answer.body) == (200, GatedUpstream.ANSWER)


def test_an_upstream_that_refuses_connections() -> None:
    with refusing_port() as url, calling(url) as server:
        check_failed(server, 502, "upstream_unreachable")


def test_an_answer_that_is_too_large() -> None:
    small = {"SPOT_REST_ACCOUNT_DATA_MAX_RESPONSE": "60"}
    with serve("--sandbox", environ=small) as server:
        check_failed(server, 502, "upstream_invalid")
