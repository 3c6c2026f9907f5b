"""Sites in one loop, from bind to drain, and several processes on one port."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, web

import program
from static.listening import (
    CannotServe,
    allowed_hosts,
    allowed_origins,
    bind,
    port_of,
)
from static.serving import Site, run_loop, serve_sites
from static.workers import reserve

PROGRAM = Path(program.__file__)


@pytest.fixture(autouse=True)
def same_collector() -> Iterator[None]:
    """Serving tunes the collector of the process, which here is the test's."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_names_by_which_a_site_may_be_called() -> None:
    loopback = ("127.0.0.1:9", "localhost:9", "[::1]:9")
    assert allowed_hosts("127.0.0.1", 9, ()) == loopback
    assert allowed_hosts("::1", 9, ()) == loopback
    assert allowed_hosts("0.0.0.0", 9, ()) == loopback
    assert allowed_hosts("10.0.0.5", 9, ()) == ("10.0.0.5:9",)
    assert allowed_hosts("fe80::1", 80, ()) == ("[fe80::1]:80", "[fe80::1]")
    assert allowed_hosts("10.0.0.5", 9, ("api.example", "b.example:1")) == (
        "10.0.0.5:9",
        "api.example",
        "api.example:*",
        "b.example:1",
    )
    assert allowed_hosts("h", 9, ("*",)) == ("h:9", "*")
    assert allowed_origins(("h:9",), ("app://x",)) == (
        "http://h:9",
        "https://h:9",
        "app://x",
    )


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        for attempt in (bind, reserve):
            with pytest.raises(CannotServe) as caught:
                attempt("127.0.0.1", port)
            assert str(caught.value) == (
                f"cannot listen on 127.0.0.1:{port}: Address already in use"
            )
    with pytest.raises(CannotServe, match=r"cannot listen on no such host\.invalid:1"):
        bind("no such host.invalid", 1)


def test_all_addresses_of_a_name_get_the_same_port() -> None:
    sockets = bind("localhost", 0)
    assert {one.getsockname()[1] for one in sockets} == {port_of(sockets)}
    for one in sockets:
        one.close()


def test_a_reserved_port_takes_no_connection_and_can_be_shared() -> None:
    held = reserve("127.0.0.1", 0)
    port = held.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 1)
    (worker,) = bind("127.0.0.1", port, reuse_port=True)
    worker.listen()
    socket.create_connection(("127.0.0.1", port), 1).close()
    worker.close()
    held.close()


async def hello(request: web.Request) -> web.Response:
    return web.Response(text="hello")


def site_of(app: web.Application, kind: str = "rest", port: int = 0) -> Site:
    async def build(port: int) -> web.Application:
        return app

    return Site(
        kind="rest" if kind == "rest" else "mcp",
        host="127.0.0.1",
        port=port,
        build=build,
        line=lambda port: f"{kind} http://127.0.0.1:{port}",
    )


def hello_app() -> web.Application:
    app = web.Application()
    app.router.add_get("/", hello)
    return app


async def text_of(url: str) -> str:
    async with ClientSession() as client, client.get(url) as response:
        return await response.text()


@pytest.mark.parametrize("fast", [True, False])
def test_rest_answers_while_mcp_is_still_being_built(fast: bool) -> None:
    lines: list[str] = []

    async def run() -> None:
        stop, told, built = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def build_slowly(port: int) -> web.Application:
            await built.wait()
            return hello_app()

        def announce(line: str) -> None:
            lines.append(line)
            told.set()

        mcp = Site("mcp", "127.0.0.1", 0, build_slowly, lambda port: f"mcp :{port}")
        rest = site_of(hello_app())
        listening: list[int] = []
        serving = asyncio.create_task(
            serve_sites(
                [mcp, rest],
                drain_timeout=1,
                announce=announce,
                listening=lambda: listening.append(1),
                stop=stop,
            )
        )
        await told.wait()
        assert await text_of(lines[0].split()[1]) == "hello"
        assert len(lines) == 1
        assert listening == []
        told.clear()
        built.set()
        await told.wait()
        port = lines[1].rpartition(":")[2]
        assert await text_of(f"http://127.0.0.1:{port}") == "hello"
        assert listening == [1]
        assert gc.get_threshold() == (5_000, 20, 50)
        assert gc.isenabled()
        stop.set()
        await serving
        with pytest.raises(ClientError):
            await text_of(f"http://127.0.0.1:{port}")

    run_loop(asyncio.wait_for(run(), 20), fast=fast)


def test_a_stop_while_a_site_is_being_built() -> None:
    async def run() -> None:
        stop, building = asyncio.Event(), asyncio.Event()

        async def never(port: int) -> web.Application:
            building.set()
            await asyncio.Event().wait()
            raise AssertionError

        site = Site("mcp", "127.0.0.1", 0, never, str)
        serving = asyncio.create_task(serve_sites([site], drain_timeout=1, stop=stop))
        await building.wait()
        stop.set()
        await serving

    asyncio.run(asyncio.wait_for(run(), 20))


def test_a_second_site_that_cannot_listen_stops_everything_before_it_starts() -> None:
    lines: list[str] = []

    async def run() -> None:
        (taken,) = bind("127.0.0.1", 0)
        taken.listen()
        sites = [
            site_of(hello_app()),
            site_of(hello_app(), "mcp", port_of([taken])),
        ]
        with pytest.raises(CannotServe):
            await serve_sites(sites, drain_timeout=1, announce=lines.append)
        taken.close()

    asyncio.run(asyncio.wait_for(run(), 20))
    assert lines == []


class Server:
    """The program, serving on ports of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []

    async def line(self) -> str:
        assert self.process.stderr is not None
        text = (await self.process.stderr.readline()).decode().rstrip()
        self.lines.append(text)
        return text

    async def url(self, namespace: str) -> str:
        while True:
            name, _, rest = (await self.line()).partition(": ")
            if name == namespace:
                return rest.split()[0]
            assert name, self.lines

    async def end(self, number: signal.Signals | None = None) -> int:
        if number is not None:
            self.process.send_signal(number)
        status = await self.process.wait()
        assert self.process.stderr is not None
        rest = (await self.process.stderr.read()).decode()
        self.lines += rest.splitlines()
        return status


@asynccontextmanager
async def serving(*options: str, **environ: str) -> AsyncIterator[Server]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROGRAM),
        "serve",
        "--port",
        "stub-rest=0",
        "--port",
        "stub-mcp=0",
        *options,
        env={**os.environ, "STUB_KEY": "x", "TELL_CLOSE": "1", **environ},
        stderr=subprocess.PIPE,
    )
    try:
        yield Server(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def run(scene: object) -> None:
    assert asyncio.iscoroutine(scene)
    asyncio.run(asyncio.wait_for(scene, 60))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_calls_in_flight_finish(number: signal.Signals) -> None:
    async def scene() -> None:
        arrived, go_on = asyncio.Event(), asyncio.Event()

        async def upstream(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            await reader.readuntil(b"\r\n\r\n")
            arrived.set()
            await go_on.wait()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
            writer.close()

        behind = await asyncio.start_server(upstream, "127.0.0.1", 0)
        base_uri = f"http://127.0.0.1:{behind.sockets[0].getsockname()[1]}"
        async with serving(STUB_BASE_URI=base_uri) as server:
            rest = await server.url("stub-rest")
            mcp = await server.url("stub-mcp")
            health = mcp.replace("/mcp", "/health/ready")
            assert await text_of(health) == '{"status":"ready"}'
            call = asyncio.create_task(text_of(f"{rest}/upstream"))
            await arrived.wait()
            server.process.send_signal(number)
            with pytest.raises(ClientError):
                while True:
                    await text_of(health)
            assert server.process.returncode is None
            go_on.set()
            assert await call == "done"
            assert await server.end() == 0
            assert server.lines[-1] == "upstreams are closed"
        behind.close()

    run(scene())


def test_the_drain_has_an_end() -> None:
    async def scene() -> None:
        async with serving(DRAIN_TIMEOUT="0.1") as server:
            rest = await server.url("stub-rest")
            await server.url("stub-mcp")
            slow = asyncio.create_task(text_of(f"{rest}/slow"))
            assert await text_of(f"{rest}/arrived") == "arrived"
            assert await server.end(signal.SIGTERM) == 0
            assert server.lines[-1] == "upstreams are closed"
            with pytest.raises(ClientError):
                await slow

    run(scene())


def test_a_second_signal_does_not_wait() -> None:
    async def scene() -> None:
        async with serving(DRAIN_TIMEOUT="600") as server:
            rest = await server.url("stub-rest")
            mcp = await server.url("stub-mcp")
            slow = asyncio.create_task(text_of(f"{rest}/slow"))
            assert await text_of(f"{rest}/arrived") == "arrived"
            server.process.send_signal(signal.SIGTERM)
            with pytest.raises(ClientError):
                while True:
                    await text_of(mcp.replace("/mcp", "/health/live"))
            assert await server.end(signal.SIGTERM) == -signal.SIGTERM
            with pytest.raises(ClientError):
                await slow

    run(scene())


async def pids(rest: str, wanted: int) -> set[int]:
    """The processes that answer, until there are as many as wanted."""
    found: set[int] = set()
    while len(found) < wanted:
        # A connection each, since a connection stays with its process.
        async with (
            ClientSession() as client,
            client.post(f"{rest}/echo") as response,
        ):
            found.add((await response.json())["given"]["pid"])
    return found


def test_workers_share_the_ports_and_follow_their_parent() -> None:
    async def scene() -> None:
        async with serving("--workers", "2", "--sandbox") as server:
            rest = await server.url("stub-rest")
            mcp = await server.url("stub-mcp")
            assert server.lines[0].startswith("sandbox: throw-away credentials")
            assert len(server.lines) == 3
            found = await pids(rest, 2)
            assert server.process.pid not in found
            assert await text_of(mcp.replace("/mcp", "/health/live"))
            assert await server.end(signal.SIGTERM) == 0
            assert server.lines[3:] == ["upstreams are closed"] * 2
            for pid in found:
                with pytest.raises(ProcessLookupError):
                    os.kill(pid, 0)

    run(scene())


def test_a_worker_that_dies_ends_everything() -> None:
    async def scene() -> None:
        async with serving("--workers", "2") as server:
            rest = await server.url("stub-rest")
            await server.url("stub-mcp")
            victim, other = await pids(rest, 2)
            os.kill(victim, signal.SIGKILL)
            assert await server.end() == 1
            assert any(line.endswith("ended with status -9") for line in server.lines)
            with pytest.raises(ProcessLookupError):
                os.kill(other, 0)

    run(scene())


def test_workers_end_with_a_parent_that_was_killed() -> None:
    async def scene() -> None:
        async with serving("--workers", "2") as server:
            rest = await server.url("stub-rest")
            await server.url("stub-mcp")
            await pids(rest, 2)
            # The pipe ends when the last worker has.
            assert await server.end(signal.SIGKILL) == -signal.SIGKILL
            assert server.lines[2:].count("upstreams are closed") == 2

    run(scene())
