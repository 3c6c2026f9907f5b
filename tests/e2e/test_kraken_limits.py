"""What stops all calls: the provider's limits, repeated refusals, our own counter."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import Iterator

import pytest
from aiohttp import ClientSession

from e2e.clients import TIMEOUT, SandboxControl, post, request, send, text, tool
from e2e.servers import BASE_URI, CREDENTIALS, MCP, REST, Server, serve
from e2e.upstreams import gated_upstream, in_thread, kraken
from independent_upstream import make_secret

BALANCE = "/v1/0/private/balance"
LEDGERS = "/v1/0/private/ledgers"
TOOL = "kraken-get-account-balance"


@contextlib.contextmanager
def sandboxed(
    *adapters: str, **environ: str
) -> Iterator[tuple[Server, SandboxControl]]:
    with serve("--sandbox", environ=environ, adapters=adapters) as server:
        yield server, SandboxControl(server.program.wait_for(r"calls go to (\S+)")[1])


# Each fault, the pause in seconds that it causes, and what a tool's text has of it.
PAUSES: tuple[tuple[object, int, str], ...] = (
    # A full counter of this tier loses 1 a second and holds 20.
    ("EAPI:Rate limit exceeded", 20, "EAPI:Rate limit exceeded"),
    ("EAuth:Rate limit exceeded", 20, "EAuth:Rate limit exceeded"),
    ("EAuth:Too many requests", 20, "EAuth:Too many requests"),
    (
        {"status": 429, "body": "slow down", "headers": {"Retry-After": "77"}},
        77,
        "the upstream answered with status 429\nretry after 77 s\nslow down",
    ),
)


@pytest.mark.parametrize("first", ["rest", "mcp"])
@pytest.mark.parametrize(("fault", "pause", "told"), PAUSES[:1] + PAUSES[3:])
def test_too_many_calls(fault: object, pause: int, told: str, first: str) -> None:
    with sandboxed(REST, MCP, KRAKEN_TIER="pro") as (server, sandbox):
        sandbox.inject(fault)
        if first == "rest":
            answer = post(server.rest + BALANCE)
            assert answer.status == 429
            assert told.split("\n")[-1].encode() in answer.body
            assert answer.retry_after == pause
        else:
            result = tool(server.mcp, TOOL)
            assert result.is_error
            assert text(result).startswith(told)
        check_paused(server, sandbox, pause)


@pytest.mark.parametrize(("fault", "pause", "told"), PAUSES[1:3])
def test_other_words_for_it(fault: object, pause: int, told: str) -> None:
    with sandboxed(REST, KRAKEN_TIER="pro") as (server, sandbox):
        sandbox.inject(fault)
        answer = post(server.rest + BALANCE)
        assert (answer.status, answer.document) == (429, {"error": [told]})
        assert answer.retry_after == pause
        check_paused(server, sandbox, pause)


def check_paused(server: Server, sandbox: SandboxControl, pause: int) -> None:
    """Calls are refused with the time that is left of the pause, and not made."""
    answer = post(server.rest + BALANCE)
    assert (answer.status, answer.code) == (429, "rate_limited")
    assert 0 < answer.retry_after <= pause
    assert answer.document["error"]["retryAfter"] == answer.retry_after
    if server.mcp:
        result = tool(server.mcp, TOOL)
        assert result.is_error
        told, wait = text(result).split("\n")
        assert told.startswith("rate_limited: ")
        assert wait.startswith("retry after ")
    assert sandbox.received == 1
    # A pause is no reason to take the server out of service.
    assert request("GET", f"{server.rest}/health/ready").status == 200


def test_refused_credentials_stop_all_calls() -> None:
    wrong = {**CREDENTIALS, "KRAKEN_API_SECRET": make_secret(99)}
    with in_thread(kraken()) as upstream:
        with serve(environ={**wrong, BASE_URI: upstream.base_url}) as server:
            for _ in range(5):
                check_ready(server)
                answer = post(server.rest + BALANCE)
                assert answer.status == 502
                assert answer.document == {"error": ["EAPI:Invalid signature"]}
            check_stopped(server, "check the key and the secret")
        assert (upstream.accepted, upstream.rejected) == (0, 5)


def test_refused_nonces_stop_all_calls() -> None:
    with sandboxed(REST, MCP) as (server, sandbox):
        sandbox.inject(*["EAPI:Invalid nonce"] * 9)
        # Three attempts, then the two that are left of five.
        for expected in (3, 5):
            check_ready(server)
            result = tool(server.mcp, TOOL)
            assert (result.is_error, text(result)) == (True, "EAPI:Invalid nonce")
            assert sandbox.received == expected
        check_stopped(server, "a key of its own")
        assert sandbox.received == 5


def test_a_lockout_stops_all_calls_at_once() -> None:
    with sandboxed(REST, MCP) as (server, sandbox):
        sandbox.inject("EGeneral:Temporary lockout")
        answer = post(server.rest + BALANCE)
        assert answer.status == 503
        assert answer.document == {"error": ["EGeneral:Temporary lockout"]}
        check_stopped(server, "locked the API key out", 900)
        assert sandbox.received == 1


def check_ready(server: Server) -> None:
    for url in (server.rest, server.mcp):
        answer = request("GET", f"{url}/health/ready")
        assert (answer.status, answer.document) == (200, {"status": "ready"})


def check_stopped(server: Server, why: str, pause: int = 60) -> None:
    """Calls and the health routes say that calls are stopped, and why."""
    answer = post(server.rest + BALANCE)
    assert (answer.status, answer.code) == (503, "calls_stopped")
    assert why in answer.document["error"]["message"]
    assert pause - 30 < answer.retry_after <= pause
    result = tool(server.mcp, TOOL)
    assert result.is_error
    assert text(result).startswith("calls_stopped: ")
    assert why in text(result)
    for url in (server.rest, server.mcp):
        health = request("GET", f"{url}/health/ready")
        assert (health.status, health.document["status"]) == (503, "not ready")
        assert why in health.document["reason"]
        assert request("GET", f"{url}/health/live").status == 200


@pytest.mark.parametrize(("path", "cost"), [(BALANCE, 1), (LEDGERS, 2)])
def test_the_counter_of_a_tier(path: str, cost: int) -> None:
    """Starter holds 15 and loses 0.33 a second; history calls count double."""
    with sandboxed(REST, KRAKEN_TIER="starter") as (server, sandbox):
        started = time.monotonic()
        made = 0
        while (answer := post(server.rest + path)).status == 200:
            made += 1
        lost = 0.33 * (time.monotonic() - started)
        # Exactly 15 or 7, unless this machine took seconds for them.
        assert 15 // cost <= made <= (15 + lost) // cost
        assert (answer.status, answer.code) == (429, "rate_limited")
        assert 1 <= answer.retry_after <= 4 * cost
        assert sandbox.received == made
        if cost == 2 and made == 7:
            # There is still room for a call that counts once.
            assert post(server.rest + BALANCE).status == 200


def test_without_a_tier_nothing_is_held_back() -> None:
    with sandboxed(REST) as (server, sandbox):
        for _ in range(30):
            assert post(server.rest + LEDGERS).status == 200
        assert sandbox.received == 30


def test_not_any_number_of_calls_waits_in_line() -> None:
    with in_thread(gated_upstream()) as upstream:
        environ = {
            **CREDENTIALS,
            BASE_URI: upstream.base_url,
            "SPOT_REST_ACCOUNT_DATA_QUEUE_LIMIT": "3",
        }

        async def scene(url: str) -> None:
            async with ClientSession(timeout=TIMEOUT) as session:
                calls = [
                    asyncio.create_task(send(session, "POST", url)) for _ in range(9)
                ]
                # One is made and three wait, so the other five are refused.
                for done in itertools.islice(asyncio.as_completed(calls), 5):
                    answer = await done
                    assert (answer.status, answer.code) == (503, "queue_full")
                    assert answer.retry_after == 1
                upstream.open()
                answers = await asyncio.gather(*calls)
                assert [answer.status for answer in answers].count(200) == 4

        with serve(environ=environ, adapters=(REST,)) as server:
            asyncio.run(scene(server.rest + BALANCE))
        assert (upstream.arrived, upstream.lost) == (4, 0)
