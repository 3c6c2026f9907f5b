"""A REST site, called by aiohttp's client and, where that is too polite, by hand."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, web

from static.errors import CallError, Fault
from static.reply import Failure, Reply
from static.rest_support import LIFECYCLE, Route, build_app, json_body

CONTRACT = b'{"openapi": "3.1.0"}'


@dataclass
class World:
    """What the handlers share: what they saw, and what stands in their way."""

    obstacle: str | None = None
    seen: list[object] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)


async def echo(request: web.Request, world: World) -> Reply:
    world.seen.append(await json_body(request))
    return Reply(200, b'{"b" : [1.50]}', "application/json; charset=utf-8")


async def item(request: web.Request, world: World) -> Reply:
    return Reply(203, request.match_info["id"].encode(), "text/plain")


async def failed(request: web.Request, world: World) -> Reply:
    failure = Failure(429, "throttle", ("EService: Throttled: 5",), 4.2)
    return Reply(200, b'{"error":["x"]}', "application/json", failure)


async def refused(request: web.Request, world: World) -> Reply:
    faults = (Fault("/a", "must be a string"),)
    raise CallError(503, "queue_full", "too many calls", retry_after=0.1, faults=faults)


async def broken(request: web.Request, world: World) -> Reply:
    raise RuntimeError("a detail that is nobody's business")


async def busy(request: web.Request, world: World) -> Reply:
    return Reply(503, b"busy", "text/plain", retry_after=7)


async def slow(request: web.Request, world: World) -> Reply:
    world.arrived.set()
    try:
        await asyncio.Event().wait()
    finally:
        world.cancelled.set()
    raise AssertionError


ROUTES = (
    Route("POST", "/echo", "echo", echo),
    Route("PUT", "/echo", "echo", echo),
    Route("GET", "/items/{id}", "item", item),
    Route("GET", "/items/first/{id}", "item", item),
    Route("GET", "/failed", "failed", failed),
    Route("GET", "/refused", "refused", refused),
    Route("GET", "/broken", "broken", broken),
    Route("GET", "/busy", "busy", busy),
    Route("GET", "/slow", "slow", slow),
)


@dataclass
class Running:
    """A site on loopback and a client for it."""

    url: str
    port: int
    app: web.Application
    world: World
    client: ClientSession

    async def raw(self, text: bytes) -> tuple[bytes, bytes]:
        """Send bytes on a connection of their own; the head and body of the answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(text)
        answer = await reader.read()
        writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        return head, body


@asynccontextmanager
async def site(access_log: bool = False) -> AsyncIterator[Running]:
    world = World()
    app = build_app(
        ROUTES,
        world,
        contract=CONTRACT,
        body_limit=1000,
        access_log=access_log,
        obstacle=lambda: world.obstacle,
    )
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    url = f"http://127.0.0.1:{port}"
    try:
        async with ClientSession(url) as client:
            yield Running(url, port, app, world, client)
    finally:
        await runner.cleanup()


def play(scene: Callable[[Running], Awaitable[None]], access_log: bool = False) -> None:
    async def run() -> None:
        async with site(access_log) as running:
            await asyncio.wait_for(scene(running), 20)

    asyncio.run(run())


def error_of(body: bytes) -> dict[str, Any]:
    document = json.loads(body)
    assert list(document) == ["error"]
    error: dict[str, Any] = document["error"]
    return error


def test_answers_pass_unchanged() -> None:
    async def scene(site: Running) -> None:
        async with site.client.post("/echo", json={"a": 1}) as response:
            assert response.status == 200
            assert await response.read() == b'{"b" : [1.50]}'
            kind = response.headers["Content-Type"]
            assert kind == "application/json; charset=utf-8"
        async with site.client.get("/items/a%20b?x=1") as response:
            assert (response.status, await response.text()) == (203, "a b")
        async with site.client.post("/echo") as response:
            assert response.status == 200
        assert site.world.seen == [{"a": 1}, None]

    play(scene)


def test_failures_have_their_status_and_their_delay() -> None:
    async def scene(site: Running) -> None:
        async with site.client.get("/failed") as response:
            assert response.status == 429
            assert response.headers["Retry-After"] == "5"
            assert await response.read() == b'{"error":["x"]}'
        async with site.client.get("/busy") as response:
            assert response.status == 503
            assert response.headers["Retry-After"] == "7"
        async with site.client.get("/refused") as response:
            assert response.status == 503
            assert response.headers["Retry-After"] == "1"
            assert response.content_type == "application/json"
            assert await response.json() == {
                "error": {
                    "code": "queue_full",
                    "message": "too many calls",
                    "faults": [{"pointer": "/a", "message": "must be a string"}],
                    "retryAfter": 1,
                }
            }

    play(scene)


def test_what_is_unexpected_is_told_to_the_log_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(site: Running) -> None:
        headers = {"X-Request-Id": "req.1_A-z"}
        async with site.client.get("/broken", headers=headers) as response:
            assert response.status == 500
            assert response.headers["X-Request-Id"] == "req.1_A-z"
            error = error_of(await response.read())
            assert error["code"] == "internal"
            assert "business" not in error["message"]

    play(scene)
    (record,) = caplog.records
    assert "req.1_A-z" in record.getMessage()
    assert record.exc_info is not None
    assert "business" in str(record.exc_info[1])


@pytest.mark.parametrize("given", [None, "", "a b", "x" * 129, "é", "a;b"])
def test_request_ids_are_made_where_none_is_usable(given: str | None) -> None:
    async def scene(site: Running) -> None:
        made = set()
        for path in ("/items/1", "/refused", "/nowhere", "/health/live", "/echo"):
            headers = {} if given is None else {"X-Request-Id": given}
            async with site.client.get(path, headers=headers) as response:
                made.add(response.headers["X-Request-Id"])
        assert len(made) == 5
        assert given not in made

    play(scene)


def test_other_methods_and_paths() -> None:
    async def scene(site: Running) -> None:
        async with site.client.get("/echo") as response:
            assert response.status == 405
            assert response.headers["Allow"] == "POST, PUT"
            assert error_of(await response.read())["code"] == "method_not_allowed"
        async with site.client.options("/items/1") as response:
            assert response.status == 405
            assert response.headers["Allow"] == "GET, HEAD"
        async with site.client.head("/items/1") as response:
            assert response.status == 203
            assert await response.read() == b""
        async with site.client.head("/echo") as response:
            assert response.status == 405
        async with site.client.post("/health/live") as response:
            assert response.status == 405
        for path in (
            "/",
            "/nowhere",
            "/items",
            "/items/",
            "/echo/",
            "/items/first/1/2",
        ):
            async with site.client.get(path) as response:
                assert response.status == 404
                assert error_of(await response.read())["code"] == "not_found"
        async with site.client.get("/openapi.json") as response:
            assert await response.read() == CONTRACT
            assert response.content_type == "application/json"

    play(scene)


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", JSON, 400, "invalid_json"),
        (b'{"a":1,"a":1}', JSON, 400, "invalid_json"),
        (b"[NaN]", JSON, 400, "invalid_json"),
        (b'"\xff"', JSON, 400, "invalid_json"),
        (b"[" * 999, JSON, 400, "invalid_json"),
        (b"x" * 1001, JSON, 413, "body_too_large"),
        (gzip.compress(b" " * 100_000), {"Content-Encoding": "gzip"}, 413, None),
        (b"not gzip", {**JSON, "Content-Encoding": "gzip"}, 400, None),
        (b"{}", {"Content-Type": "text/plain"}, 415, "unsupported_media_type"),
        (b"{}", {"Content-Type": "application/json; charset=utf-16"}, 415, None),
        (b"{}", {"Content-Type": "application/json; charset=UTF-8"}, 200, None),
        (b"{}", {"Content-Type": "application/merge-patch+json"}, 200, None),
        (b"", {"Content-Type": "application/x-www-form-urlencoded"}, 200, None),
        (b"", JSON, 200, None),
    ],
)
def test_bodies(
    body: bytes, headers: dict[str, str], status: int, code: str | None
) -> None:
    async def scene(site: Running) -> None:
        async with site.client.post("/echo", data=body, headers=headers) as response:
            answer = await response.read()
            assert response.status == status, answer
            if code is not None:
                assert error_of(answer)["code"] == code
            if status != 200:
                assert site.world.seen == []

    play(scene)


def test_bodies_without_a_type_and_bodies_that_break_off() -> None:
    async def scene(site: Running) -> None:
        head = b"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        first, body = await site.raw(head + b"Content-Length: 2\r\n\r\n{}")
        assert b" 415 " in first
        chunked = b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
        first, body = await site.raw(head + chunked + b"\r\n4\r\n{}  \r\n0\r\n\r\n")
        assert b" 200 " in first
        first, body = await site.raw(head + chunked + b"\r\nzz\r\n{}")
        assert b" 400 " in first
        assert site.world.seen == [{}]

    play(scene)


def test_health() -> None:
    async def scene(site: Running) -> None:
        async def ready() -> tuple[int, Any]:
            async with site.client.get("/health/ready") as response:
                return response.status, await response.json()

        async with site.client.get("/health/live") as response:
            assert (response.status, await response.json()) == (200, {"status": "live"})
        assert await ready() == (200, {"status": "ready"})
        site.world.obstacle = "calls are stopped"
        document = {"status": "not ready", "reason": "calls are stopped"}
        assert await ready() == (503, document)
        site.world.obstacle = None
        site.app[LIFECYCLE].draining = True
        assert (await ready())[0] == 503
        async with site.client.get("/health/live") as response:
            assert response.status == 200

    play(scene)


def test_a_client_that_goes_away_ends_its_call() -> None:
    async def scene(site: Running) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        await site.world.arrived.wait()
        writer.close()
        await site.world.cancelled.wait()

    play(scene)


def test_one_line_for_each_failure_without_bodies_and_queries(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(site: Running) -> None:
        headers = {"X-Request-Id": "id-1"}
        for path in ("/failed?k=hush", "/refused?k=hush", "/busy?k=hush"):
            async with site.client.get(path, headers=headers):
                pass
        for path in ("/items/1", "/nowhere?k=hush", "/health/ready"):
            site.world.obstacle = "stopped"
            async with site.client.get(path):
                pass

    play(scene)
    lines = [record.getMessage() for record in caplog.records]
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 3
    assert lines == [
        "GET /failed -> 429 (throttle), request id-1",
        "GET /refused -> 503 (queue_full: too many calls), request id-1",
        "GET /busy -> 503 (the upstream's status), request id-1",
    ]


def test_the_access_log_has_one_line_for_each_call(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(site: Running) -> None:
        headers = {"X-Request-Id": "id-1"}
        async with site.client.get("/items/secret?k=hush", headers=headers):
            pass
        async with site.client.get("/nowhere/secret", headers=headers):
            pass

    caplog.set_level(logging.INFO, "access")
    play(scene, access_log=True)
    lines = [r.getMessage() for r in caplog.records if r.name == "access"]
    assert [line.split(" ms")[0].rsplit(" ", 1)[0] for line in lines] == [
        "GET /items/{id} 203",
        "GET (no route) 404",
    ]
    assert all(line.endswith("request id-1") for line in lines)


def test_a_route_of_the_capability_wins_over_ours() -> None:
    async def own(request: web.Request, world: None) -> Reply:
        return Reply(200, b"own", "text/plain")

    paths = ("/health/live", "/openapi.json", "/")
    app = build_app(
        [Route("GET", path, "own", own) for path in paths],
        None,
        contract=CONTRACT,
        body_limit=10,
        access_log=False,
        obstacle=lambda: None,
    )

    async def run() -> None:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with ClientSession(
            f"http://127.0.0.1:{runner.addresses[0][1]}"
        ) as client:
            for path in paths:
                async with client.get(path) as response:
                    assert await response.text() == "own"
        await runner.cleanup()

    asyncio.run(run())
