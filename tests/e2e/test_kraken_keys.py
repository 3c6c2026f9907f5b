"""Fifty clients, a thousand calls: one key, a pool of four, and four processes with one.

The upstream judges signature and nonce for each key, after a random time on the way.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from e2e.clients import TIMEOUT, post, send
from e2e.servers import (
    BASE_URI,
    CREDENTIALS,
    MCP,
    REST,
    Server,
    leaks,
    run_command,
    serve,
)
from e2e.upstreams import in_thread, kraken, listening
from independent_upstream import IndependentKraken, make_secret
from redis_server import PASSWORD, redis_server

CLIENTS = 50
CALLS = 1000
JITTER = 0.002
BALANCE = "/v1/0/private/balance"
LEASE = "SIGNING_LEASE_URL"
POOL = {
    name: value
    for number in range(1, 5)
    for name, value in (
        (f"KRAKEN_API_KEY_{number}", make_secret(20 + number)[:56]),
        (f"KRAKEN_API_SECRET_{number}", make_secret(30 + number)),
    )
}


class Keys:
    """Kraken with several keys, each of which is judged by itself."""

    def __init__(self, environ: Mapping[str, str], jitter: float) -> None:
        self.keys = {
            key: IndependentKraken(
                environ[name.replace("KEY", "SECRET")], key, jitter, seed
            )
            for seed, (name, key) in enumerate(environ.items())
            if name.startswith("KRAKEN_API_KEY")
        }
        self.base_url = ""

    async def handle(self, request: web.BaseRequest) -> web.Response:
        return await self.keys[request.headers["API-Key"]].handle(request)


@contextlib.asynccontextmanager
async def several_keys(
    environ: Mapping[str, str], jitter: float = JITTER
) -> AsyncIterator[Keys]:
    upstream = Keys(environ, jitter)
    async with listening(upstream.handle) as upstream.base_url:
        yield upstream


async def by_fifty(server: Server) -> None:
    """A thousand calls by fifty clients, each with a connection of its own."""

    async def client() -> list[int]:
        async with ClientSession(timeout=TIMEOUT) as session:
            url = server.rest + BALANCE
            return [
                (await send(session, "POST", url)).status
                for _ in range(CALLS // CLIENTS)
            ]

    statuses = await asyncio.gather(*(client() for _ in range(CLIENTS)))
    assert [set(found) for found in statuses] == [{200}] * CLIENTS


def check_silent(server: Server) -> None:
    """No key and no password was written."""
    told = server.program.stderr
    assert leaks(told) == []
    for secret in (*POOL.values(), PASSWORD):
        assert secret not in told


def test_one_process_with_one_key() -> None:
    with in_thread(kraken(JITTER)) as upstream:
        environ = {**CREDENTIALS, BASE_URI: upstream.base_url, "LOG_LEVEL": "INFO"}
        with serve(environ=environ, adapters=(REST,)) as server:
            asyncio.run(by_fifty(server))
        assert (upstream.accepted, upstream.rejected) == (CALLS, 0)
        assert upstream.max_in_flight == 1


@pytest.mark.parametrize("workers", [1, 4])
def test_a_pool_of_four_keys(workers: int) -> None:
    with in_thread(several_keys(POOL)) as upstream:
        # Each key has one process only, so that a tier can be kept as well.
        environ = {**POOL, BASE_URI: upstream.base_url, "LOG_LEVEL": "INFO"}
        count = ("--workers", str(workers))
        with serve(*count, environ=environ, adapters=(REST,)) as server:
            asyncio.run(by_fifty(server))
        check_silent(server)
        judges = upstream.keys.values()
        assert sum(judge.accepted for judge in judges) == CALLS
        assert sum(judge.rejected for judge in judges) == 0
        assert [judge.max_in_flight for judge in judges] == [1] * 4
        if workers == 1:
            # The least load: no key has much more than its part.
            assert min(judge.accepted for judge in judges) > CALLS / 8


def test_four_processes_with_one_key() -> None:
    with redis_server() as redis, in_thread(kraken(JITTER)) as upstream:
        environ = {
            **CREDENTIALS,
            BASE_URI: upstream.base_url,
            LEASE: redis.url,
            "LOG_LEVEL": "INFO",
        }
        with serve("--workers", "4", environ=environ, adapters=(REST,)) as server:
            asyncio.run(by_fifty(server))
        check_silent(server)
        assert (upstream.accepted, upstream.rejected) == (CALLS, 0)
        assert upstream.max_in_flight == 1


def test_two_servers_share_a_key_in_a_window() -> None:
    """Nonces of one source, calls that overlap: unique, but in no order."""
    window = {"KRAKEN_NONCE_WINDOW": "10000000000", "LOG_LEVEL": "INFO"}
    with redis_server() as redis, in_thread(kraken()) as upstream:
        environ = {
            **CREDENTIALS,
            **window,
            BASE_URI: upstream.base_url,
            LEASE: redis.url,
        }
        with (
            serve(environ=environ, adapters=(REST,)) as one,
            serve(environ=environ, adapters=(REST,)) as two,
        ):
            for _ in range(10):
                for server in (one, two):
                    assert post(server.rest + BALANCE).status == 200
        nonces = [int(request.nonce) for request in upstream.requests]
        assert nonces == sorted(set(nonces))
        assert len(nonces) == 20


def test_without_redis_no_call_is_made() -> None:
    with redis_server() as redis, in_thread(kraken()) as upstream:
        environ = {**CREDENTIALS, BASE_URI: upstream.base_url, LEASE: redis.url}
        with serve(environ=environ, adapters=(REST,)) as server:
            assert post(server.rest + BALANCE).status == 200
            redis.stop()
            answer = post(server.rest + BALANCE)
            assert (answer.status, answer.code) == (503, "lease_unavailable")
            assert answer.retry_after == 1
            message = answer.document["error"]["message"]
            assert f"127.0.0.1:{redis.port}" in message
            assert PASSWORD not in message
        check_silent(server)
        assert upstream.accepted == 1


def test_a_key_has_one_process_for_each_folder_of_nonces(tmp_path: Path) -> None:
    with in_thread(several_keys(POOL)) as upstream:
        environ = {
            **POOL,
            BASE_URI: upstream.base_url,
            "SIGNING_STATE_DIR": str(tmp_path),
        }
        with serve("--workers", "2", environ=environ, adapters=(REST,)) as server:
            assert post(server.rest + BALANCE).status == 200
            second = run_command("call", "get-account-balance", environ=environ)
            assert second.status() == 1
            assert "another process counts the nonces of KRAKEN_API_KEY_1" in (
                second.stderr
            )
        check_silent(server)
        third = run_command("call", "get-account-balance", environ=environ)
        assert third.status() == 0, third.stderr
        (nonces,) = {len(path.read_text()) for path in tmp_path.glob("*.nonce")} - {2}
        assert nonces == 20
        for path in tmp_path.iterdir():
            for secret in POOL.values():
                assert secret not in path.name + path.read_text()


def test_a_pool_keeps_a_tier_in_several_processes() -> None:
    environ = {**POOL, "KRAKEN_TIER": "pro", BASE_URI: "http://127.0.0.1:9"}
    count = ("serve", "--port", f"{REST}=0", "--port", f"{MCP}=0", "--workers")
    refused = run_command(*count, "5", environ=environ)
    assert refused.status() == 1
    assert "KRAKEN_API_KEY_1" in refused.stderr
    assert LEASE in refused.stderr
    with serve("--workers", "4", environ=environ, adapters=(REST,)) as server:
        assert post(server.rest + BALANCE).status == 502


def test_the_sandbox_reads_no_key_of_a_pool() -> None:
    environ = {**POOL, "SIGNING_STATE_DIR": "/nowhere", LEASE: "redis://127.0.0.1:1"}
    with serve("--sandbox", environ=environ) as server:
        assert post(server.rest + BALANCE).status == 200
    check_silent(server)


def test_a_redis_url_is_never_shown() -> None:
    url = f"redis://:{PASSWORD}@127.0.0.1:1/0"
    environ = {**CREDENTIALS, LEASE: url, "KRAKEN_TIER": "pro"}
    program = run_command("call", "get-account-balance", environ=environ)
    assert program.status() == 1
    assert f"KRAKEN_TIER counts the calls of one process, and {LEASE}" in (
        program.stderr
    )
    assert PASSWORD not in program.stderr
