"""Calls whose client goes away, and calls in flight when the server has to stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientError, ClientSession

from e2e.clients import ERAS, TIMEOUT, by_hand, post, send
from e2e.servers import BASE_URI, CREDENTIALS, Server, serve
from e2e.upstreams import GatedUpstream, eventually, gated_upstream, in_thread

BALANCE = "/v1/0/private/balance"
TOOL = "kraken-get-account-balance"


@contextlib.contextmanager
def gated(**environ: str) -> Iterator[tuple[Server, GatedUpstream]]:
    with in_thread(gated_upstream()) as upstream:
        base = {**CREDENTIALS, BASE_URI: upstream.base_url}
        with serve(environ={**base, **environ}) as server:
            yield server, upstream


def calls(server: Server) -> list[tuple[str, dict[str, Any]]]:
    """One call by REST, one by each revision of MCP: the URL and the options."""
    by_mcp = [
        (f"{server.mcp}/mcp", by_hand(version, TOOL, {})) for version in ERAS.values()
    ]
    return [(server.rest + BALANCE, {}), *by_mcp]


async def happens(holds: Any, what: str) -> None:
    await asyncio.to_thread(eventually, holds, what)


def test_a_client_that_goes_away_ends_its_call() -> None:
    with gated() as (server, upstream):

        async def leave(url: str, options: dict[str, Any]) -> None:
            arrived, lost = upstream.arrived, upstream.lost
            async with ClientSession(timeout=TIMEOUT) as session:
                calling = asyncio.create_task(send(session, "POST", url, **options))
                await happens(lambda: upstream.arrived > arrived, "the call")
                calling.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await calling
            await happens(lambda: upstream.lost > lost, "the end of the call")

        for count, (url, options) in enumerate(calls(server), 1):
            asyncio.run(leave(url, options))
            assert (upstream.arrived, upstream.lost) == (count, count)
        # Nobody holds the key any more, so that the next call is made and answered.
        upstream.open()
        answer = post(server.rest + BALANCE)
        assert (answer.status, answer.body) == (200, GatedUpstream.ANSWER)


def test_one_that_goes_away_while_it_waits_in_line() -> None:
    with gated() as (server, upstream):

        async def scene() -> None:
            async with ClientSession(timeout=TIMEOUT) as session:
                url = server.rest + BALANCE
                first = asyncio.create_task(send(session, "POST", url))
                await happens(lambda: upstream.arrived == 1, "the first call")
                waiting = asyncio.create_task(send(session, "POST", url))
                last = asyncio.create_task(send(session, "POST", url))
                # When the server answers this, it has read what was sent before.
                health = f"{server.rest}/health/live"
                assert (await send(session, "GET", health)).status == 200
                waiting.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await waiting
                assert (await send(session, "GET", health)).status == 200
                upstream.open()
                assert {(await first).status, (await last).status} == {200}

        asyncio.run(scene())
        assert upstream.arrived == 2


def test_sigterm_lets_calls_in_flight_end() -> None:
    with gated() as (server, upstream):

        async def scene() -> None:
            async with ClientSession(timeout=TIMEOUT) as session:
                calling = [
                    asyncio.create_task(send(session, "POST", url, **options))
                    for url, options in calls(server)
                ]
                await happens(lambda: upstream.arrived == 1, "the first call")
                # The others stand in line for the key, and are in flight as well.
                for url in (server.rest, server.mcp):
                    answer = await send(session, "GET", f"{url}/health/live")
                    assert answer.status == 200
                server.program.terminate()
                for url in (server.rest, server.mcp):
                    await happens(lambda url=url: refused(url), "the end of listening")
                assert upstream.arrived == 1
                upstream.open()
                rest, *tools = await asyncio.gather(*calling)
                assert (rest.status, rest.body) == (200, GatedUpstream.ANSWER)
                for answer in tools:
                    result = answer.document["result"]
                    assert result["structuredContent"] == rest.document
            assert await asyncio.to_thread(server.program.status) == 0

        asyncio.run(scene())
        assert (upstream.arrived, upstream.lost) == (3, 0)


def test_sigterm_does_not_wait_for_ever() -> None:
    with gated(KRAKEN_CAPABILITY_DRAIN_TIMEOUT="0.2") as (server, upstream):

        async def scene() -> None:
            async with ClientSession(timeout=TIMEOUT) as session:
                url = server.rest + BALANCE
                calling = asyncio.create_task(send(session, "POST", url))
                await happens(lambda: upstream.arrived == 1, "the call")
                server.program.terminate()
                assert await asyncio.to_thread(server.program.status) == 0
                with pytest.raises(ClientError):
                    await calling

        asyncio.run(scene())
        eventually(lambda: upstream.lost == 1, "the end of the call")


def test_sigterm_to_the_parent_of_workers() -> None:
    with in_thread(gated_upstream()) as upstream:
        environ = {
            **CREDENTIALS,
            BASE_URI: upstream.base_url,
            "KRAKEN_NONCE_WINDOW": "10000000000",
        }
        with serve("--workers", "2", environ=environ) as server:

            async def scene() -> None:
                async with ClientSession(timeout=TIMEOUT) as session:
                    url = server.rest + BALANCE
                    calling = asyncio.create_task(send(session, "POST", url))
                    await happens(lambda: upstream.arrived == 1, "the call")
                    server.program.terminate()
                    await happens(lambda: refused(server.rest), "the end of listening")
                    upstream.open()
                    assert (await calling).body == GatedUpstream.ANSWER
                assert await asyncio.to_thread(server.program.status) == 0

            asyncio.run(scene())


def refused(url: str) -> bool:
    """Whether nothing listens at a URL any more."""
    parts = urlsplit(url)
    assert parts.hostname is not None and parts.port is not None
    with socket.socket() as probe:
        return probe.connect_ex((parts.hostname, parts.port)) != 0
