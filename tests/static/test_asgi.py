"""The ASGI adapter with ASGI applications, and the MCP site with the SDK's manager."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, web

import program
from static.asgi import AsgiApp, Message, Receive, Send, mcp_app, mount
from static.listening import allowed_hosts, allowed_origins
from static.mcp_support import http_manager
from static.rest_support import LIFECYCLE

MODERN = "2026-07-28"
LEGACY = "2025-11-25"


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[ClientSession]:
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with ClientSession(
            f"http://127.0.0.1:{runner.addresses[0][1]}"
        ) as client:
            yield client
    finally:
        await runner.cleanup()


def play_asgi(
    asgi_app: AsgiApp, scene: Callable[[ClientSession], Awaitable[None]]
) -> None:
    async def run() -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", mount(asgi_app))
        async with serving(app) as client:
            await asyncio.wait_for(scene(client), 20)

    asyncio.run(run())


def test_request_and_response_pass_through() -> None:
    scopes: list[Message] = []

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        scopes.append(scope)
        body, more = b"", True
        while more:
            message = await receive()
            assert message["type"] == "http.request"
            body += message["body"]
            more = message["more_body"]
        headers = [(b"x-two", b"1"), (b"x-two", b"2"), (b"content-type", b"text/x")]
        await send({"type": "http.response.start", "status": 207, "headers": headers})
        await send({"type": "http.response.body", "body": body[::-1]})

    async def scene(client: ClientSession) -> None:
        url, data = "/a%20b/c?q=%C3%A9", b"abc" * 100_000
        async with client.post(url, data=data, headers={"X-One": "yes"}) as response:
            assert response.status == 207
            assert response.headers.getall("X-Two") == ["1", "2"]
            assert response.headers["Content-Type"] == "text/x"
            assert await response.read() == data[::-1]
        async with client.get("/") as response:
            assert await response.read() == b""

    play_asgi(application, scene)
    first = scopes[0]
    assert (first["method"], first["path"]) == ("POST", "/a b/c")
    assert first["raw_path"] == b"/a%20b/c"
    assert first["query_string"] == b"q=%C3%A9"
    assert (b"x-one", b"yes") in first["headers"]
    assert first["type"] == "http"


def test_a_response_in_parts_is_sent_part_by_part() -> None:
    go_on = asyncio.Event()

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"one", "more_body": True})
        await go_on.wait()
        await send({"type": "http.response.body", "body": b"two"})

    async def scene(client: ClientSession) -> None:
        async with client.get("/") as response:
            assert await response.content.readexactly(3) == b"one"
            go_on.set()
            assert await response.read() == b"two"

    play_asgi(application, scene)


def test_receive_waits_after_the_body_and_is_cancelled_with_the_client() -> None:
    waiting, cancelled = asyncio.Event(), asyncio.Event()

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        assert (await receive())["body"] == b"x"
        waiting.set()
        try:
            await receive()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def scene(client: ClientSession) -> None:
        call = asyncio.create_task(client.post("/", data=b"x").__aenter__())
        await waiting.wait()
        await asyncio.sleep(0)
        assert not cancelled.is_set()
        call.cancel()
        await cancelled.wait()

    play_asgi(application, scene)


def test_a_body_that_is_not_what_its_headers_say() -> None:
    async def application(scope: Message, receive: Receive, send: Send) -> None:
        await receive()
        raise AssertionError("there is nothing to receive")

    async def scene(client: ClientSession) -> None:
        headers = {"Content-Encoding": "gzip"}
        async with client.post("/", data=b"not gzip", headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["error"]["code"] == "invalid_json"

    play_asgi(application, scene)


@pytest.mark.parametrize("crash", [True, False])
def test_an_application_that_does_not_answer(
    crash: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def application(scope: Message, receive: Receive, send: Send) -> None:
        if crash:
            raise RuntimeError("a detail")

    async def scene(client: ClientSession) -> None:
        async with client.get("/") as response:
            assert response.status == 500
            assert (await response.json())["error"]["code"] == "internal"

    play_asgi(application, scene)
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * crash


def envelope(method: str, era: str, **params: Any) -> dict[str, Any]:
    if era == MODERN:
        prefix = "io.modelcontextprotocol"
        params["_meta"] = {
            f"{prefix}/protocolVersion": MODERN,
            f"{prefix}/clientCapabilities": {},
        }
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def headers_for(method: str, era: str, name: str | None = None) -> dict[str, str]:
    headers = {"Accept": "application/json", "MCP-Protocol-Version": era}
    if era == MODERN:
        headers["Mcp-Method"] = method
    if era == MODERN and name is not None:
        headers["Mcp-Name"] = name
    return headers


Scene = Callable[[ClientSession, program.Context, web.Application], Awaitable[None]]


def play_mcp(scene: Scene, hosts: tuple[str, ...] = ("127.0.0.1",)) -> None:
    context = program.Context(program.load_settings({"STUB_KEY": "x"}))

    async def run() -> None:
        names = allowed_hosts("10.0.0.1", 1, hosts)
        manager = http_manager(
            program.mcp_server("stub-mcp", context),
            allowed_hosts=names,
            allowed_origins=allowed_origins(names, ()),
            body_limit=1000,
        )
        app = mcp_app(manager, obstacle=context.obstacle)
        async with serving(app) as client:
            await asyncio.wait_for(scene(client, context, app), 20)

    asyncio.run(run())


@pytest.mark.parametrize("era", [LEGACY, MODERN])
@pytest.mark.parametrize("path", ["/mcp", "/"])
def test_both_eras_on_both_paths(era: str, path: str) -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        body = envelope("tools/call", era, name="echo", arguments={"a": 1})
        headers = headers_for("tools/call", era, "echo")
        async with client.post(path, json=body, headers=headers) as response:
            assert response.status == 200
            assert response.content_type == "application/json"
            assert "Mcp-Session-Id" not in response.headers
            result = (await response.json())["result"]
            assert result["structuredContent"] == {"given": {"a": 1}}

    play_mcp(scene)


@pytest.mark.parametrize("era", [LEGACY, MODERN])
@pytest.mark.parametrize(
    ("token", "accept", "kind"),
    [
        (True, "application/json, text/event-stream", "text/event-stream"),
        (True, "application/json", "application/json"),
        (False, "application/json, text/event-stream", "application/json"),
    ],
)
def test_who_asks_for_progress_and_takes_events_gets_them(
    era: str, token: bool, accept: str, kind: str
) -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        context.heard.set()
        body = envelope("tools/call", era, name="report", arguments={})
        if token:
            body["params"].setdefault("_meta", {})["progressToken"] = 7
        headers = headers_for("tools/call", era, "report")
        headers |= {"Accept": accept, "Content-Type": "application/json"}
        # In pieces, as it may come over the wire.
        whole = json.dumps(body).encode()

        async def pieces() -> AsyncIterator[bytes]:
            for start in range(0, len(whole), 50):
                yield whole[start : start + 50]

        async with client.post("/mcp", data=pieces(), headers=headers) as response:
            text = await response.text()
            assert response.status == 200, text
            assert response.content_type == kind
            assert text.count("notifications/progress") == (
                2 if kind == "text/event-stream" else 0
            )
            assert '"done":true' in text.replace(" ", "").replace("\\", "")

    play_mcp(scene)


@pytest.mark.parametrize("era", [LEGACY, MODERN])
def test_a_request_that_asks_for_progress_is_no_longer_than_others(era: str) -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        body = envelope("tools/call", era, name="echo", arguments={"a": "x" * 2000})
        body["params"].setdefault("_meta", {})["progressToken"] = 7
        headers = headers_for("tools/call", era, "echo")
        async with client.post("/mcp", json=body, headers=headers) as response:
            assert response.status == 413
        assert context.events == []

    play_mcp(scene)


def test_other_methods_and_paths() -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        for method in ("GET", "DELETE", "PUT", "OPTIONS"):
            for path in ("/mcp", "/"):
                async with client.request(method, path) as response:
                    assert response.status == 405
                    assert response.headers["Allow"] == "POST"
        async with client.post("/other", json={}) as response:
            assert response.status == 404

    play_mcp(scene)


def test_health_and_readiness() -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        async with client.get("/health/live") as response:
            assert await response.json() == {"status": "live"}
        async with client.get("/health/ready") as response:
            assert response.status == 200
        context.trouble = "calls are stopped"
        async with client.get("/health/ready") as response:
            assert response.status == 503
            assert (await response.json())["reason"] == "calls are stopped"
        context.trouble = None
        app[LIFECYCLE].draining = True
        async with client.get("/health/ready") as response:
            assert response.status == 503

    play_mcp(scene)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1234"}, 200),
        ({"Host": "10.0.0.1:1", "Origin": "https://10.0.0.1:1"}, 200),
    ],
)
@pytest.mark.parametrize("era", [LEGACY, MODERN])
def test_foreign_hosts_and_origins_are_refused(
    era: str, headers: dict[str, str], status: int
) -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        body = envelope("tools/list", era)
        given = {**headers_for("tools/list", era), **headers}
        async with client.post("/mcp", json=body, headers=given) as response:
            assert response.status == status

    play_mcp(scene)


def test_the_checks_can_be_switched_off() -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        body = envelope("tools/list", LEGACY)
        given = headers_for("tools/list", LEGACY)
        given |= {"Host": "any.example", "Origin": "http://evil.example"}
        async with client.post("/mcp", json=body, headers=given) as response:
            assert response.status == 200

    play_mcp(scene, hosts=("*",))


@pytest.mark.parametrize("era", [LEGACY, MODERN])
def test_bodies_that_are_refused(era: str) -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        headers = {
            **headers_for("tools/list", era),
            "Content-Type": "application/json",
        }

        async def status(data: bytes | AsyncIterator[bytes]) -> int:
            async with client.post("/mcp", data=data, headers=headers) as response:
                return response.status

        async def chunks() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield b" " * 500

        assert await status(b" " * 1001) == 413
        assert await status(chunks()) == 413
        assert await status(b"{") == 400
        assert await status(b"[" * 900) == 400
        assert await status(json.dumps(envelope("tools/list", era)).encode()) == 200

    play_mcp(scene)


@pytest.mark.parametrize("asking", [False, True])
@pytest.mark.parametrize("era", [LEGACY, MODERN])
def test_a_client_that_goes_away_ends_its_call(era: str, asking: bool) -> None:
    async def scene(
        client: ClientSession, context: program.Context, app: web.Application
    ) -> None:
        body = envelope("tools/call", era, name="slow")
        headers = headers_for("tools/call", era, "slow")
        if asking:
            body["params"].setdefault("_meta", {})["progressToken"] = 7
            headers["Accept"] = "application/json, text/event-stream"
        post = client.post("/mcp", json=body, headers=headers)
        call = asyncio.create_task(post.__aenter__())
        await context.arrived.wait()
        assert not context.cancelled.is_set()
        call.cancel()
        await context.cancelled.wait()

    play_mcp(scene)


def test_a_call_in_flight_is_finished_before_the_manager_ends() -> None:
    context = program.Context(program.load_settings({"STUB_KEY": "x"}))

    async def run() -> None:
        manager = http_manager(
            program.mcp_server("stub-mcp", context),
            allowed_hosts=("*",),
            allowed_origins=(),
            body_limit=1000,
        )
        app = mcp_app(manager, obstacle=lambda: None)
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        # Started in one task and cleaned up in another.
        await asyncio.create_task(runner.setup())
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/mcp"
        async with ClientSession() as client:
            body = envelope("tools/call", MODERN, name="slow")
            headers = headers_for("tools/call", MODERN, "slow")
            post = client.post(url, json=body, headers=headers)
            call = asyncio.create_task(post.__aenter__())
            await context.arrived.wait()
            await asyncio.create_task(runner.cleanup())
            assert context.cancelled.is_set()
            await asyncio.wait((call,))
            assert call.exception() is not None

    asyncio.run(asyncio.wait_for(run(), 20))
