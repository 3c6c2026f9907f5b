"""Two hundred calls at once with one key, over REST and both revisions of MCP.

The upstream judges a request after a random time on the way, so that requests on
different connections overtake one another.
"""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientSession, TCPConnector
from mcp import Client

from e2e.clients import ERAS, TIMEOUT, SandboxControl, call, send
from e2e.servers import BASE_URI, CREDENTIALS, LIMIT, Server, serve
from e2e.upstreams import in_thread, kraken, windowed_kraken

CALLS = 200
# Ten seconds, in the unit of the nonce.
WINDOW = 10_000_000_000
OPEN_ORDERS = "/v1/0/private/openorders"


async def by_rest(session: ClientSession, url: str, number: int) -> object:
    answer = await send(session, "POST", url, json={"userref": number})
    assert answer.status == 200, answer.body
    return answer.document["result"]["fields"]["userref"]


async def by_tool(client: Client, number: int) -> object:
    result = await call(client, "kraken-get-open-orders", {"userref": number})
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content["result"]["fields"]["userref"]


async def all_at_once(server: Server) -> None:
    """Half of the calls by REST, a quarter by each revision of MCP."""
    legacy, modern = (Client(f"{server.mcp}/mcp", mode=mode) for mode in ERAS)
    connector = TCPConnector(limit=0)
    async with (
        ClientSession(timeout=TIMEOUT, connector=connector) as session,
        legacy,
        modern,
    ):
        url = server.rest + OPEN_ORDERS
        calls = [
            (
                by_rest(session, url, number)
                if number % 2
                else by_tool(legacy if number % 4 else modern, number)
            )
            for number in range(CALLS)
        ]
        given = await asyncio.wait_for(asyncio.gather(*calls), LIMIT)
    # To everyone the answer to what they asked.
    assert given == [str(number) for number in range(CALLS)]


def test_one_at_a_time_by_default() -> None:
    with in_thread(kraken(jitter=0.01)) as upstream:
        environ = {**CREDENTIALS, BASE_URI: upstream.base_url}
        with serve(environ=environ) as server:
            asyncio.run(all_at_once(server))
        assert (upstream.accepted, upstream.rejected) == (CALLS, 0)
        assert upstream.max_in_flight == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_all_at_once_within_a_nonce_window(workers: int) -> None:
    with in_thread(windowed_kraken(WINDOW, jitter=0.05)) as upstream:
        environ = {
            **CREDENTIALS,
            BASE_URI: upstream.base_url,
            "KRAKEN_NONCE_WINDOW": str(WINDOW),
        }
        with serve("--workers", str(workers), environ=environ) as server:
            asyncio.run(all_at_once(server))
        assert (upstream.accepted, upstream.rejected) == (CALLS, 0)
        assert upstream.max_in_flight > 1
        assert upstream.overtaken > 0, "the upstream was no test of anything"


def test_the_sandbox_has_the_nonce_window_that_the_operator_states() -> None:
    environ = {"KRAKEN_NONCE_WINDOW": str(WINDOW)}
    with serve("--sandbox", "--sandbox-jitter", "0.02", environ=environ) as server:
        answers = asyncio.run(balances(server, 100))
        state = SandboxControl(server.program.wait_for(r"calls go to (\S+)")[1]).state()
    assert answers == [200] * 100
    assert (state["accepted"], state["rejected"]) == (100, 0)
    assert state["max_in_flight"] > 1


async def balances(server: Server, number: int) -> list[int]:
    connector = TCPConnector(limit=0)
    async with ClientSession(timeout=TIMEOUT, connector=connector) as session:
        url = f"{server.rest}/v1/0/private/balance"
        calls = [send(session, "POST", url) for _ in range(number)]
        return [answer.status for answer in await asyncio.gather(*calls)]
