"""Callers of a protected adapter, with the sandbox's throw-away credentials."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import aiohttp
from aiohttp.test_utils import TestClient, TestServer

PING = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/list",
    "params": {},
}
MCP_HEADERS = {
    "Accept": "application/json, text/event-stream",
    "MCP-Protocol-Version": "2025-06-18",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who may call an adapter.

    `settings` are the fields of the package's settings with the credentials, or with
    the address of the issuer. `name` is the header or query field of an API key.
    """

    kind: str
    settings: tuple[str, ...]
    name: str = ""

    async def middleware(self, settings: Any) -> Any:
        """What makes a client send the credentials."""
        held = [getattr(settings, field) for field in self.settings]
        if self.kind == "oauth2":
            return _header("Authorization", f"Bearer {await _token(held[0])}")
        return self._sending(*(secret.reveal() for secret in held))

    def wrong(self) -> Any:
        """The same, with credentials that are not good."""
        return self._sending(*("wrong" for _ in self.settings))

    def _sending(self, *texts: str) -> Any:
        if self.kind == "digest":
            return aiohttp.DigestAuthMiddleware(texts[0], texts[1])
        if self.kind == "basic":
            encoded = b64encode(":".join(texts).encode()).decode()
            return _header("Authorization", f"Basic {encoded}")
        if self.kind == "apikey-header":
            return _header(self.name, texts[0])
        if self.kind == "apikey-query":
            return _query(self.name, texts[0])
        return _header("Authorization", f"Bearer {texts[0]}")


def _header(name: str, value: str) -> Any:
    async def send(request: Any, handler: Any) -> Any:
        request.headers[name] = value
        return await handler(request)

    return send


def _query(name: str, value: str) -> Any:
    async def send(request: Any, handler: Any) -> Any:
        request.url = request.url.update_query({name: value})
        return await handler(request)

    return send


async def _token(issuer: str) -> str:
    """A token of the sandbox's issuer."""
    form = {"grant_type": "client_credentials"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{issuer}/token", data=form) as answer,
    ):
        assert answer.status == 200, await answer.text()
        token: str = (await answer.json())["access_token"]
        return token


def check_access(package: str, kind: str, namespace: str, caller: Caller) -> None:
    """Only callers with the credentials are let in; the health routes ask nobody."""
    asyncio.run(_check(package, kind, namespace, caller))


async def _check(package: str, kind: str, namespace: str, caller: Caller) -> None:
    parts = import_module(f"{package}.__main__").PACKAGE
    options = import_module(f"{package}.sandbox").SandboxOptions()
    async with parts.sandbox(options) as sandbox:
        settings = parts.load_settings(sandbox.environment)
        context = parts.connect(settings)
        try:
            async with _site(package, parts, kind, namespace, context) as client:
                good = await caller.middleware(settings)
                await _requests(client, kind, good, caller.wrong())
        finally:
            await parts.close(context)
        played = getattr(sandbox, "upstreams", {"": sandbox})
        for upstream in played.values():
            assert not upstream.records, "an upstream was asked"


async def _requests(client: Any, kind: str, good: Any, wrong: Any) -> None:
    async def status(*middlewares: Any) -> int:
        if kind == "mcp":
            method, path = "POST", "/mcp"
            options: dict[str, Any] = {"json": PING, "headers": MCP_HEADERS}
        else:
            path = {"skill": "/skills", "control": "/status"}.get(kind, "/openapi.json")
            method, options = "GET", {}
        answer = await client.request(method, path, middlewares=middlewares, **options)
        if answer.status == 401:
            assert answer.headers.getall("WWW-Authenticate")
            assert (await answer.json())["error"]["code"] == "unauthorized"
        found: int = answer.status
        return found

    assert await status() == 401
    assert await status(wrong) == 401
    # A control adapter may have nothing to tell.
    assert await status(good) in ((200, 404) if kind == "control" else (200,))
    assert (await client.get("/no/such/path")).status == 401
    assert (await client.get("/health/live")).status == 200


@asynccontextmanager
async def _site(
    package: str, parts: Any, kind: str, namespace: str, context: Any
) -> AsyncIterator[Any]:
    """A client of the adapter, served as `serve` does."""
    if kind != "mcp":
        app = parts.rest_app(namespace, context, False)
    else:
        support = import_module(f"{package}.mcp_support")
        manager = support.http_manager(
            parts.mcp_server(namespace, context),
            allowed_hosts=("*",),
            allowed_origins=("*",),
            body_limit=65_536,
        )
        app = import_module(f"{package}.asgi").mcp_app(
            manager, obstacle=context.obstacle
        )
        guard = parts.guard(namespace, context.settings)
        import_module(f"{package}.access").protect(app, guard)
    async with TestClient(TestServer(app)) as client:
        yield client
