"""The MCP SDK's HTTP transport, an ASGI application, inside of aiohttp.

One server library for REST and MCP alike; and aiohttp, unlike most ASGI servers,
cancels a request when its client goes away, which MCP (2026-07-28) asks for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Protocol, TypeAlias

from aiohttp import web

from .errors import CallError
from .request_ids import CALLER, request_id_of
from .rest_support import (
    Endpoint,
    Endpoints,
    Obstacle,
    assemble,
    respond_error,
)

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
AsgiApp: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

PATHS = ("/mcp", "/")

_log = logging.getLogger(__name__)


class Manager(Protocol):
    """What is used of mcp's StreamableHTTPSessionManager."""

    def run(self) -> AbstractAsyncContextManager[None]: ...

    async def handle_request(
        self, scope: Message, receive: Receive, send: Send
    ) -> None: ...


def mcp_app(manager: Manager, *, obstacle: Obstacle) -> web.Application:
    """An application that answers MCP at `/mcp` and `/`, and the health routes.

    The size of bodies, and Host and Origin, are checked by the manager. It runs from
    the application's startup to its cleanup.
    """
    endpoints: Endpoints = {
        path: {"POST": mount(manager.handle_request)} for path in PATHS
    }
    # The limit is for the error documents of our own: none of them reads a body.
    app = assemble(endpoints, obstacle, body_limit=1, access_log=False)

    async def running(app: web.Application) -> AsyncIterator[None]:
        # Task groups must be left by the task that entered them, and aiohttp does
        # not promise to start and to clean up in the same one.
        started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        stopping = asyncio.Event()
        keeper = asyncio.create_task(_keep(manager, started, stopping))
        await asyncio.wait((started, keeper), return_when=asyncio.FIRST_COMPLETED)
        if keeper.done():
            keeper.result()
        yield
        stopping.set()
        await keeper

    app.cleanup_ctx.append(running)
    return app


def mount(asgi_app: AsgiApp) -> Endpoint:
    """An aiohttp handler that passes a request to an ASGI application (ASGI 3)."""

    async def endpoint(request: web.Request) -> web.StreamResponse:
        exchange = _Exchange(request)
        try:
            await asgi_app(_scope(request), exchange.receive, exchange.send)
        except web.RequestPayloadError:
            message = "the body is not what its headers say"
            return respond_error(CallError(400, "invalid_json", message))
        # The last line of defence: whatever it is, it is logged and answered below.
        except Exception:  # noqa: BLE001
            _log.exception("%s %s failed", request.method, request.path)
        if exchange.response is not None:
            return exchange.response
        message = "the call failed inside of this server"
        return respond_error(CallError(500, "internal", message))

    return endpoint


class _Exchange:
    """One request and its response, as the two channels of ASGI."""

    __slots__ = ("_ended", "_head", "_request", "response")

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self._ended = False
        self._head: tuple[int, list[tuple[str, str]]] = (500, [])
        self.response: web.StreamResponse | None = None

    async def receive(self) -> Message:
        if self._ended:
            # The body is over and the client is still there: there is nothing to
            # tell until the client goes away, which cancels this task. To report a
            # disconnect here would make the SDK end its event streams at once.
            await asyncio.Event().wait()
        content = self._request.content
        chunk = await content.readany()
        self._ended = content.at_eof()
        return {"type": "http.request", "body": chunk, "more_body": not self._ended}

    async def send(self, message: Message) -> None:
        # Who has read the answer may hang up before the stream has ended: there is
        # nobody left to tell (ASGI 2.3 has it that sending then does nothing).
        with suppress(ConnectionResetError):
            await self._send(message)

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message.get("headers", ())
            ]
            self._head = (message["status"], headers)
            return
        body: bytes = message.get("body", b"")
        more: bool = message.get("more_body", False)
        status, headers = self._head
        if self.response is None and not more:
            self.response = web.Response(body=body, status=status, headers=headers)
            return
        if self.response is None:
            self.response = web.StreamResponse(status=status, headers=headers)
            await self.response.prepare(self._request)
        if body:
            await self.response.write(body)
        if not more:
            await self.response.write_eof()


def _scope(request: web.Request) -> Message:
    url = request.rel_url
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": f"{request.version.major}.{request.version.minor}",
        "method": request.method,
        "scheme": request.scheme,
        "path": url.path,
        "raw_path": url.raw_path.encode(),
        "query_string": url.raw_query_string.encode(),
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.raw_headers],
        "client": None,
        "server": None,
        # Who calls, for those who note it.
        "naftiko.caller": request.get(CALLER, ""),
        "naftiko.origin": request.remote or "",
        "naftiko.request_id": request_id_of(request),
    }


async def _keep(
    manager: Manager, started: asyncio.Future[None], stopping: asyncio.Event
) -> None:
    async with manager.run():
        started.set_result(None)
        await stopping.wait()
