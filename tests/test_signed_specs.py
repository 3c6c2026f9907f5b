"""The signed capabilities of specs/, as their users run them: every route, every tool.

The servers are processes of their own, called by aiohttp and by the official MCP client.
Their sandboxes check each signature with code of their own and count what they refuse.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sys
import urllib.request
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import ClientSession
from mcp import Client, StdioServerParameters, stdio_client
from yarl import URL

from e2e.servers import environment
from emitted import ROOT, run

#: Ends what would wait for ever.
LIMIT = 60.0
KEY = "2026/a b+c&d=é~'*!/%2F?#.txt"
NOTE = "Zoë & Đặng: 1+1=2 50% / ½~*€🐙"


@dataclass(frozen=True, slots=True)
class Call:
    """One operation: how REST and MCP clients ask for it; texts are as callers have them."""

    method: str
    path: str
    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)


ORDER = {"symbol": "BTCUSDT", "side": "BUY", "quantity": "0.5", "price": "64000"}
FUTURE = {"symbol": "PF_XBTUSD", "side": "buy", "size": 0.5, "limitPrice": 64000}
MERCHANT = {"name": NOTE, "street": "1 O'Fallon Rd", "city": "São Paulo"}
ITEM = {"id": {"S": NOTE}, "n": {"N": "1"}}
IDS = {"condition": "id = :id", "values": {":id": {"S": NOTE}}}
AMOUNT = {"fxDate": "2026-01-30", "transAmt": 12.5}

CALLS = {
    "binance": (
        Call("GET", "/prices/BTCUSDT", "get-price", {"symbol": "BTCUSDT"}),
        Call(
            *("GET", "/depth/BTCUSDT", "get-depth"),
            {"symbol": "BTCUSDT", "limit": 5},
            query={"limit": "5"},
        ),
        Call("GET", "/account", "get-account", query={"omitZeroBalances": "true"}),
        Call("GET", "/orders", "list-open-orders"),
        Call(
            *("GET", "/trades", "list-trades"),
            {"symbol": "BTCUSDT", "orderId": 7},
            query={"symbol": "BTCUSDT", "orderId": "7"},
        ),
        Call(
            *("POST", "/orders", "place-order"),
            {**ORDER, "clientOrderId": NOTE},
            body={**ORDER, "clientOrderId": "my/order:1"},
        ),
        Call(
            *("DELETE", "/orders/BTCUSDT/7", "cancel-order"),
            {"symbol": "BTCUSDT", "orderId": 7},
        ),
    ),
    "kraken-futures": (
        Call("GET", "/markets/PF_XBTUSD", "get-ticker", {"symbol": "PF_XBTUSD"}),
        Call("GET", "/markets/PF_XBTUSD/book", "get-book", {"symbol": "PF_XBTUSD"}),
        Call("GET", "/accounts", "get-accounts"),
        Call("GET", "/positions", "list-positions"),
        Call(
            *("GET", "/fills", "list-fills"),
            {"lastFillTime": "2026-01-30T12:41:52.790Z"},
            query={"lastFillTime": "2026-01-30T12:41:52.790+01:00"},
        ),
        Call(
            *("POST", "/orders", "send-order"),
            {**FUTURE, "cliOrdId": NOTE},
            body={**FUTURE, "cliOrdId": NOTE},
        ),
        Call("DELETE", "/orders/179f-a%20b", "cancel-order", {"orderId": NOTE}),
    ),
    "dynamodb": (
        Call("GET", "/tables", "list-tables", {"limit": 10}, query={"limit": "10"}),
        Call("GET", "/tables/my.table", "describe-table", {"table": "my.table"}),
        Call(
            *("GET", "/tables/ships/items", "get-item"),
            {"table": "ships", "key": ITEM},
            query={"key": json.dumps(ITEM)},
        ),
        Call(
            *("PUT", "/tables/ships/items", "put-item"),
            {"table": "ships", "item": ITEM},
            body={"item": ITEM},
        ),
        Call(
            *("POST", "/tables/ships/queries", "query-items"),
            {"table": "ships", **IDS},
            body=IDS,
        ),
        Call(
            *("DELETE", "/tables/ships/items", "delete-item"),
            {"table": "ships", "key": ITEM},
            query={"key": json.dumps(ITEM)},
        ),
    ),
    "s3": (
        Call(
            *("GET", "/objects", "list-objects"),
            {"prefix": KEY},
            query={"prefix": KEY, "start-after": NOTE},
        ),
        Call("GET", f"/objects/{quote(KEY, safe='')}", "get-object", {"key": KEY}),
        Call(
            *("PUT", f"/objects/{quote(KEY, safe='')}", "put-object"),
            {"key": KEY, "text": NOTE},
            body={"text": NOTE},
            headers={"x-amz-meta-note": "two  words"},
        ),
        Call(
            *("DELETE", f"/objects/{quote(KEY, safe='')}", "delete-object"),
            {"key": KEY},
        ),
    ),
    "mastercard": (
        Call(
            *("GET", "/ranges", "list-ranges"),
            {"page": 1, "size": 10},
            query={"page": "1", "size": "10"},
        ),
        Call("GET", "/ranges/545454", "find-range", {"accountRange": "545454"}),
        Call("GET", "/currencies", "list-currencies"),
        Call(
            *("GET", "/rates/EUR/USD", "get-rate"),
            {"transCurr": "EUR", "crdhldBillCurr": "USD", **AMOUNT},
            query={"fxDate": "2026-01-30", "transAmt": "12.5"},
        ),
        Call(
            *("POST", "/inquiries", "add-inquiry"),
            {"AcquirerId": "1996", **MERCHANT, "country": "BRA"},
            query={"AcquirerId": "1996"},
            body={**MERCHANT, "country": "BRA"},
        ),
        Call(
            *("GET", f"/inquiries/{quote(NOTE, safe='')}", "get-inquiry"),
            {"reference": NOTE, "AcquirerId": "1996"},
            query={"AcquirerId": "1996"},
        ),
    ),
}


def command(name: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command of a package, and the environment that finds it."""
    project = ROOT / "generated" / name
    module = f"{name.replace('-', '_')}_capability"
    values = {**environment({}), "PYTHONPATH": str(project)}
    return [sys.executable, "-m", module, *arguments], values


class Sandbox:
    """The control endpoint of a package's sandbox."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/_sandbox"

    async def state(self) -> dict[str, Any]:
        def read() -> Any:
            with urllib.request.urlopen(self._url, timeout=LIMIT) as response:
                return json.load(response)

        found: dict[str, Any] = await asyncio.to_thread(read)
        return found

    async def inject(self, *errors: object) -> None:
        data = json.dumps({"errors": errors}).encode()

        def write() -> None:
            urllib.request.urlopen(self._url, data, timeout=LIMIT).close()

        await asyncio.to_thread(write)


@dataclass(slots=True)
class Server:
    """A running server: its adapters, its sandbox, and all that it wrote."""

    rest: str
    mcp: str
    sandbox: Sandbox
    written: list[str]


async def _read(process: Process, written: list[str]) -> None:
    assert process.stderr is not None
    async for line in process.stderr:
        written.append(line.decode())


async def _found(written: list[str], reader: asyncio.Task[None], pattern: str) -> str:
    while True:
        match = re.search(pattern, "".join(written), re.M)
        if match is not None:
            return match[1]
        assert not reader.done(), "".join(written)
        await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def serving(name: str) -> AsyncIterator[Server]:
    """The package with its sandbox on free ports; SIGTERM has to end it well."""
    tools = json.loads((ROOT / "generated" / name / "tools.json").read_text("utf-8"))
    assert tools["tools"]
    spec = (ROOT / "specs" / f"{name}.yaml").read_text("utf-8").partition("exposes:")
    rest, mcp = re.findall(r"namespace: (\S+)", spec[2])
    ports = ("--port", f"{rest}=0", "--port", f"{mcp}=0")
    arguments, values = command(name, "serve", "--sandbox", *ports)
    process = await asyncio.create_subprocess_exec(*arguments, env=values, stderr=PIPE)
    written: list[str] = []
    reader = asyncio.create_task(_read(process, written))
    try:
        address = await _found(written, reader, r"calls go to (\S+)")
        yield Server(
            await _found(written, reader, rf"^{rest}: (http://[\d.]+:\d+)"),
            await _found(written, reader, rf"^{mcp}: (http://[\d.]+:\d+)"),
            Sandbox(address),
            written,
        )
        process.terminate()
        assert await process.wait() == 0, "".join(written)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await reader


async def ask(session: ClientSession, server: Server, call: Call) -> tuple[int, bytes]:
    url = URL(server.rest + call.path, encoded=True).with_query(call.query)
    async with session.request(
        call.method, url, headers=call.headers, json=call.body
    ) as answer:
        return answer.status, await answer.read()


async def use(client: Client, call: Call) -> Any:
    result = await client.call_tool(call.tool, call.arguments)
    assert not getattr(result, "isError", getattr(result, "is_error", False)), result
    return result


def limited(scene: Any) -> None:
    asyncio.run(asyncio.wait_for(scene, LIMIT))


@pytest.mark.parametrize("name", CALLS)
def test_every_route_and_every_tool_passes_the_sandbox(name: str) -> None:
    async def scene() -> None:
        async with serving(name) as server, ClientSession() as session:
            for call in CALLS[name]:
                status, body = await ask(session, server, call)
                assert status == 200, (call, status, body)
            async with Client(f"{server.mcp}/mcp") as client:
                listed = {tool.name for tool in (await client.list_tools()).tools}
                assert listed == {call.tool for call in CALLS[name]}
                for call in CALLS[name]:
                    await use(client, call)
            state = await server.sandbox.state()
            assert state["rejected"] == 0, state
            assert state["accepted"] == 2 * len(CALLS[name])
        contract = ROOT / "generated" / name / "openapi.json"
        paths = json.loads(contract.read_text("utf-8"))["paths"]
        assert sum(map(len, paths.values())) == len(CALLS[name])

    limited(scene())


@pytest.mark.parametrize("name", CALLS)
def test_every_tool_passes_over_stdio(name: str) -> None:
    (program, *arguments), values = command(name, "stdio", "--sandbox")
    parameters = StdioServerParameters(command=program, args=arguments, env=values)

    async def scene() -> None:
        async with Client(stdio_client(parameters)) as client:
            for call in CALLS[name]:
                await use(client, call)

    limited(scene())


def test_a_region_that_is_missing_is_named() -> None:
    (_, *arguments), values = command("dynamodb", "call", "list-tables")
    secret = "wJalrXUtnFEMI/K7MDENG"
    keys = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": secret}
    done = run(*arguments, cwd=ROOT, environment={**values, **keys})
    assert done.returncode == 1
    assert done.stderr.count("REGION is not set") == 1
    assert secret not in done.stderr + done.stdout


def test_failures_of_kraken_futures_are_failures() -> None:
    faults = {
        "insufficientFunds": 422,
        "notFound: order": 404,
        "authenticationError": 502,
        "invalidArgument: size": 400,
        "apiLimitExceeded": 429,
    }
    accounts = CALLS["kraken-futures"][2]

    async def scene() -> None:
        async with serving("kraken-futures") as server, ClientSession() as session:
            for word, expected in faults.items():
                await server.sandbox.inject(word)
                status, body = await ask(session, server, accounts)
                assert (status, json.loads(body)) == (expected, {"error": word})
            assert (await server.sandbox.state())["accepted"] == len(faults)
            # The last one asked for a pause: nothing is sent meanwhile.
            assert (await ask(session, server, accounts))[0] == 429
            assert (await server.sandbox.state())["accepted"] == len(faults)

    limited(scene())


def test_only_a_refused_nonce_is_signed_again() -> None:
    accounts, order = CALLS["kraken-futures"][2], CALLS["kraken-futures"][5]

    async def scene() -> None:
        async with serving("kraken-futures") as server, ClientSession() as session:
            await server.sandbox.inject("nonceBelowThreshold", "nonceDuplicate")
            assert (await ask(session, server, order))[0] == 200
            assert (await server.sandbox.state())["accepted"] == 3
            await server.sandbox.inject("Unavailable")
            assert (await ask(session, server, order))[0] == 503
            assert (await server.sandbox.state())["accepted"] == 4
            # Nonces of Kraken Futures may overtake each other, so calls overlap.
            answers = await asyncio.gather(
                *(ask(session, server, accounts) for _ in range(40))
            )
            assert {status for status, _ in answers} == {200}
            state = await server.sandbox.state()
            assert (state["accepted"], state["rejected"]) == (44, 0)

    limited(scene())
