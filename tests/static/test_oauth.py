"""Client credentials against a token server of its own, which judges the bytes on the wire."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote_plus

import pytest
from aiohttp import web

from looped import looped
from static.environment import Environment, Secret, SettingsError
from static.errors import CallError
from static.oauth import Grant, TokenSource, read_grant
from static.oauth_upstream import OAuthUpstream
from static.reply import Reply
from static.transport import Transport

CLIENT, SECRET = "app:1 +", "s3cret/%"
PARAMETERS = (("scope", "a b"), ("resource", "https://r.example"))


@dataclass
class Server:
    """A token endpoint at /o/token/, metadata, and an API that takes the newest token."""

    base_url: str = ""
    issued: int = 0
    valid: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seen: list[tuple[dict[str, str], list[tuple[str, str]]]] = field(
        default_factory=list
    )
    answers: list[web.Response] = field(default_factory=list)
    lifetime: object = 3600
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)
    metadata: dict[str, object] = field(default_factory=dict)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        if request.path == "/o/token/":
            return await self._token(request, body)
        if "/.well-known/" in request.path:
            document = self.metadata.get(request.path)
            return web.json_response(document, status=200 if document else 404)
        self.calls.append(f"{request.method} {request.path}")
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return web.json_response({}, status=200 if token in self.valid else 401)

    async def _token(self, request: web.BaseRequest, body: bytes) -> web.Response:
        assert request.method == "POST"
        assert request.content_type == "application/x-www-form-urlencoded"
        headers = {name: request.headers.get(name, "") for name in ("Authorization",)}
        self.seen.append((headers, parse_qsl(body.decode(), strict_parsing=True)))
        self.arrived.set()
        await self.go.wait()
        if self.answers:
            return self.answers.pop(0)
        self.issued += 1
        token = f"t{self.issued}"
        self.valid = {token}
        document = {"access_token": token, "token_type": "bearer"}
        if self.lifetime is not None:
            document["expires_in"] = self.lifetime  # type: ignore[assignment]
        return web.json_response(document)


@asynccontextmanager
async def running(
    server: Server, *, auth: str = "basic", discover: bool = False
) -> AsyncIterator[OAuthUpstream]:
    runner = web.ServerRunner(web.Server(server.handle, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    endpoint = "" if discover else f"{server.base_url}/o/token/"
    grant = Grant(
        f"{server.base_url}/tenant",
        endpoint,
        "post" if auth == "post" else "basic",
        PARAMETERS,
    )
    transport = Transport(server.base_url, 5, 5, 10, 100, 10_000, "test/1")
    upstream = OAuthUpstream(transport, grant, Secret(CLIENT), Secret(SECRET))
    try:
        yield upstream
    finally:
        server.go.set()
        await upstream.close()
        await runner.cleanup()


def open_server(**options: object) -> Server:
    server = Server(**options)  # type: ignore[arg-type]
    server.go.set()
    return server


@looped
async def test_the_client_sends_its_credentials_in_a_header() -> None:
    server = open_server()
    async with running(server) as upstream:
        replies = [await upstream.send("GET", "/a"), await upstream.send("POST", "/b")]
    assert [reply.status for reply in replies] == [200, 200]
    ((headers, fields),) = server.seen
    scheme, _, encoded = headers["Authorization"].partition(" ")
    assert scheme == "Basic"
    first, _, second = base64.b64decode(encoded, validate=True).decode().partition(":")
    assert (unquote_plus(first), unquote_plus(second)) == (CLIENT, SECRET)
    assert fields == [("grant_type", "client_credentials"), *PARAMETERS]


@looped
async def test_the_client_sends_its_credentials_in_the_form() -> None:
    server = open_server()
    async with running(server, auth="post") as upstream:
        assert (await upstream.send("GET", "/a")).status == 200
    ((headers, fields),) = server.seen
    assert headers["Authorization"] == ""
    assert fields[-2:] == [("client_id", CLIENT), ("client_secret", SECRET)]


@looped
async def test_one_request_serves_all_who_wait() -> None:
    server = Server()
    async with running(server) as upstream:
        calls = [asyncio.create_task(upstream.send("GET", f"/{n}")) for n in range(20)]
        await server.arrived.wait()
        assert (server.calls, len(server.seen)) == ([], 1)
        server.go.set()
        replies = await asyncio.gather(*calls)
    assert {reply.status for reply in replies} == {200}
    assert (len(server.seen), len(server.calls)) == (1, 20)


@looped
async def test_a_cancelled_call_does_not_take_the_token_from_the_others() -> None:
    server = Server()
    async with running(server) as upstream:
        first = asyncio.create_task(upstream.send("GET", "/first"))
        await server.arrived.wait()
        second = asyncio.create_task(upstream.send("GET", "/second"))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        server.go.set()
        assert (await second).status == 200
    assert (len(server.seen), server.calls) == (1, ["GET /second"])


@looped
async def test_a_token_that_nobody_waited_for_is_kept() -> None:
    server = Server()
    async with running(server) as upstream:
        call = asyncio.create_task(upstream.send("GET", "/first"))
        await server.arrived.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        server.go.set()
        assert (await upstream.send("GET", "/second")).status == 200
    assert len(server.seen) == 1


@looped
async def test_a_refused_token_is_replaced_for_a_safe_method() -> None:
    server = open_server()
    async with running(server) as upstream:
        await upstream.send("GET", "/a")
        server.valid = set()
        assert (await upstream.send("GET", "/b")).status == 200
        server.valid = set()
        assert (await upstream.send("POST", "/c")).status == 401
        assert (await upstream.send("POST", "/d")).status == 200
    assert server.calls == ["GET /a", "GET /b", "GET /b", "POST /c", "POST /d"]
    assert server.issued == 3


@looped
async def test_a_new_token_that_is_refused_is_the_answer() -> None:
    server = open_server(answers=[web.json_response({"access_token": "other"})])
    async with running(server) as upstream:
        assert (await upstream.send("GET", "/a")).status == 401
    assert server.calls == ["GET /a"]


def failing(status: int, **document: object) -> web.Response:
    return web.json_response(document, status=status)


@pytest.mark.parametrize(
    ("answer", "status", "code", "word"),
    [
        (failing(401, error="invalid_client"), 502, "token_refused", "invalid_client"),
        (failing(400, error=SECRET), 502, "token_refused", "status 400"),
        (web.Response(status=403, text="<p>"), 502, "token_refused", "status 403"),
        (failing(500, error="x"), 503, "token_unavailable", "status 500"),
        (failing(429), 503, "token_unavailable", "status 429"),
        (web.Response(text="{"), 502, "token_invalid", "JSON object"),
        (web.Response(text="[1]"), 502, "token_invalid", "JSON object"),
        (failing(200), 502, "token_invalid", "without an access token"),
        (
            failing(200, access_token="a\nb"),
            502,
            "token_invalid",
            "without an access token",
        ),
        (
            failing(200, access_token="a", token_type="mac"),
            502,
            "token_invalid",
            "no bearer token",
        ),
        (
            web.Response(status=302, headers={"Location": "http://evil.example"}),
            503,
            "token_unavailable",
            "redirect",
        ),
    ],
)
def test_a_token_endpoint_that_gives_none(
    answer: web.Response,
    status: int,
    code: str,
    word: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def check() -> None:
        server = open_server(answers=[answer])
        async with running(server) as upstream:
            with pytest.raises(CallError) as caught:
                await upstream.send("GET", "/a")
            # The next call asks again.
            assert (await upstream.send("GET", "/b")).status == 200
        error = caught.value
        assert (error.status, error.code) == (status, code)
        assert word in error.message
        assert SECRET not in f"{error.message}{caplog.text}"
        assert server.calls == ["GET /b"]

    with caplog.at_level(logging.DEBUG):
        asyncio.run(check())


@looped
async def test_a_token_endpoint_that_is_not_there() -> None:
    grant = Grant("", "http://127.0.0.1:9/token", "basic", ())
    transport = Transport("http://127.0.0.1:9", 5, 5, 10, 100, 10_000, "test/1")
    upstream = OAuthUpstream(transport, grant, Secret(CLIENT), Secret(SECRET))
    with pytest.raises(CallError) as caught:
        await upstream.send("GET", "/a")
    await upstream.close()
    assert (caught.value.status, caught.value.code) == (503, "token_unavailable")


@looped
async def test_the_authorization_server_tells_its_endpoint() -> None:
    for place in (
        "/.well-known/oauth-authorization-server/tenant",
        "/tenant/.well-known/openid-configuration",
    ):
        server = open_server()
        async with running(server, discover=True) as upstream:
            base = server.base_url
            endpoint = f"{base}/o/token/"
            server.metadata[place] = {
                "issuer": f"{base}/tenant/",
                "token_endpoint": endpoint,
            }
            assert (await upstream.send("GET", "/a")).status == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"issuer": "https://other.example"}, "token_invalid"),
        ({"token_endpoint": "http://other.example/token"}, "token_invalid"),
        ({"token_endpoint": None}, "token_invalid"),
        (None, "token_unavailable"),
    ],
)
def test_metadata_that_cannot_be_trusted(
    change: dict[str, object] | None, code: str
) -> None:
    async def check() -> None:
        server = open_server()
        async with running(server, discover=True) as upstream:
            place = "/.well-known/oauth-authorization-server/tenant"
            good = {
                "issuer": f"{server.base_url}/tenant",
                "token_endpoint": f"{server.base_url}/o/token/",
            }
            if change is not None:
                server.metadata[place] = {**good, **change}
            with pytest.raises(CallError) as caught:
                await upstream.send("GET", "/a")
            assert caught.value.code == code
        assert server.seen == []

    asyncio.run(check())


# Time


@dataclass
class Desk:
    """A token endpoint without a network, and a clock."""

    now: float = 0.0
    asked: int = 0
    lifetime: object = 100
    fails: bool = False
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def exchange(self, *request: object) -> Reply:
        self.asked += 1
        await self.go.wait()
        if self.fails:
            raise CallError(504, "upstream_timeout", "too slow")
        text = f'{{"access_token": "t{self.asked}", "expires_in": {self.lifetime}}}'
        return Reply(200, text.encode(), "application/json")

    def source(self) -> TokenSource:
        grant = Grant("", "https://as.example/token", "basic", ())
        return TokenSource(
            grant, Secret(CLIENT), Secret(SECRET), self.exchange, lambda: self.now
        )


async def settle() -> None:
    """Let every task run that can."""
    for _ in range(5):
        await asyncio.sleep(0)


@looped
async def test_a_token_is_replaced_before_its_end_while_it_is_used() -> None:
    desk = Desk()
    desk.go.set()
    source = desk.source()
    assert await source.get() == ("t1", False)
    desk.now = 79.9
    assert await source.get() == ("t1", True)
    assert desk.asked == 1
    desk.go.clear()
    desk.now = 80
    # Nobody waits for the new one, and it is asked for once.
    assert [await source.get(), await source.get()] == [("t1", True)] * 2
    await settle()
    assert desk.asked == 2
    desk.go.set()
    await settle()
    assert await source.get() == ("t2", True)


@looped
async def test_a_token_at_its_end_is_waited_for() -> None:
    desk = Desk()
    desk.go.set()
    source = desk.source()
    await source.get()
    desk.now = 100
    assert await source.get() == ("t2", False)


@looped
async def test_a_replacement_that_fails_rests_and_does_not_disturb() -> None:
    desk = Desk()
    desk.go.set()
    source = desk.source()
    await source.get()
    desk.now, desk.fails = 85, True
    for _ in range(3):
        assert await source.get() == ("t1", True)
        await settle()
    assert desk.asked == 2
    desk.now, desk.fails = 91, False
    await source.get()
    await settle()
    assert await source.get() == ("t3", True)


@pytest.mark.parametrize(
    ("lifetime", "good_at", "asked"),
    [
        *[
            ('"100"', 50, 1),
            ("null", 1e9, 1),
            ("0", 0, 2),
            ("-5", 0, 2),
            ('"x"', 1e9, 1),
        ],
        ("9" * 400, 50, 1),
    ],
)
def test_odd_lifetimes(lifetime: str, good_at: float, asked: int) -> None:
    async def check() -> None:
        desk = Desk(lifetime=lifetime)
        desk.go.set()
        source = desk.source()
        await source.get()
        desk.now = good_at
        await source.get()
        assert desk.asked == asked

    asyncio.run(check())


@looped
async def test_a_call_that_waits_at_the_end_is_told_so() -> None:
    desk = Desk()
    source = desk.source()
    call = asyncio.create_task(source.get())
    await settle()
    await source.close()
    with pytest.raises(CallError) as caught:
        await call
    assert (caught.value.status, caught.value.code) == (503, "shutting_down")


@looped
async def test_nothing_secret_is_shown() -> None:
    desk = Desk()
    desk.go.set()
    source = desk.source()
    await source.get()
    assert "t1" not in repr(source)
    assert SECRET not in repr(source)


# Settings


def test_a_grant_is_read_from_the_environment() -> None:
    environment = Environment(
        {"UP_TOKEN_ENDPOINT": "http://[::1]:8/t/", "UP_CLIENT_AUTH": "POST"}
    )
    grant = read_grant(
        environment,
        "UP",
        issuer="https://as.example",
        scopes=("a", "b"),
        audience="c",
    )
    environment.finish()
    parameters = (("scope", "a b"), ("audience", "c"))
    assert grant == Grant("https://as.example", "http://[::1]:8/t/", "post", parameters)


@pytest.mark.parametrize(
    "url",
    [
        "http://as.example/token",
        "ftp://as.example/token",
        "https://user@as.example/token",
        "https://as.example/token#x",
        "https://as.example:x/token",
        "/token",
        "http://127.0.0.1.evil.example/token",
    ],
)
def test_an_unsafe_endpoint_is_refused(url: str) -> None:
    environment = Environment({"UP_TOKEN_ENDPOINT": url, "UP_CLIENT_AUTH": "none"})
    read_grant(environment, "UP", issuer="https://as.example")
    with pytest.raises(SettingsError) as caught:
        environment.finish()
    first, second = caught.value.problems
    assert first.startswith("UP_TOKEN_ENDPOINT ")
    assert url not in first
    assert second == "UP_CLIENT_AUTH must be one of basic, post"
