"""Upstreams of the tests, each in a thread of its own, so that it outlives one test."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import TypeVar

from aiohttp import web

from e2e.servers import KEY, LIMIT, SECRET
from independent_upstream import IndependentKraken, Request, independent_kraken

T = TypeVar("T")
Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@contextlib.contextmanager
def in_thread(manager: AbstractAsyncContextManager[T]) -> Iterator[T]:
    """Enter an asynchronous context manager in an event loop in a thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def leave() -> None:
        await manager.__aexit__(None, None, None)

    async def enter() -> T:
        return await manager.__aenter__()

    try:
        value = asyncio.run_coroutine_threadsafe(enter(), loop).result(LIMIT)
        try:
            yield value
        finally:
            asyncio.run_coroutine_threadsafe(leave(), loop).result(LIMIT)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(LIMIT)
        loop.close()


@contextlib.asynccontextmanager
async def listening(handler: Handler) -> AsyncIterator[str]:
    """Serve a handler on a free loopback port and give the URL."""
    server = web.Server(handler, access_log=None, handler_cancellation=True)
    runner = web.ServerRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=512).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def kraken(jitter: float = 0.0) -> AbstractAsyncContextManager[IndependentKraken]:
    """Kraken as krakenex and ccxt understand it, for the credentials of the tests."""
    return independent_kraken(SECRET, KEY, jitter)


class WindowedKraken(IndependentKraken):
    """One whose key has a nonce window: a nonce may be lower, but not used before."""

    def __init__(self, window: int, jitter: float) -> None:
        super().__init__(SECRET, KEY, jitter)
        self._window = window
        self._used: set[int] = set()

    @property
    def overtaken(self) -> int:
        """How many requests came after one with a higher nonce."""
        nonces = [int(request.nonce) for request in self.requests]
        return sum(one < max(nonces[: at + 1]) for at, one in enumerate(nonces))

    def _judge(self, request: web.BaseRequest, body: str) -> Request:
        # What the base class keeps for order is forgotten: order is judged here.
        self._highest = -1
        judged = super()._judge(request, body)
        if judged.error is None:
            nonce = int(judged.nonce)
            lowest = max(self._used, default=nonce) - self._window
            if nonce in self._used or nonce < lowest:
                return replace(judged, error="EAPI:Invalid nonce")
            self._used.add(nonce)
        return judged


@contextlib.asynccontextmanager
async def windowed_kraken(
    window: int, jitter: float = 0.0
) -> AsyncIterator[WindowedKraken]:
    upstream = WindowedKraken(window, jitter)
    async with listening(upstream.handle) as upstream.base_url:
        yield upstream


class GatedUpstream:
    """Takes requests and answers none before `open()`; counts those it lost."""

    ANSWER = b'{"error":[],"result":{"came":"late"}}'

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._gate = asyncio.Event()
        self.base_url = ""
        self.arrived = 0
        self.lost = 0

    def open(self) -> None:
        """Answer what waits and what comes."""
        self._loop.call_soon_threadsafe(self._gate.set)

    async def handle(self, request: web.BaseRequest) -> web.Response:
        await request.read()
        self.arrived += 1
        try:
            await self._gate.wait()
        except asyncio.CancelledError:
            self.lost += 1
            raise
        return web.Response(body=self.ANSWER, content_type="application/json")


@contextlib.asynccontextmanager
async def gated_upstream() -> AsyncIterator[GatedUpstream]:
    upstream = GatedUpstream()
    async with listening(upstream.handle) as upstream.base_url:
        yield upstream


@contextlib.contextmanager
def refusing_port() -> Iterator[str]:
    """The URL of a port that is taken and refuses every connection."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{holder.getsockname()[1]}"


def eventually(holds: Callable[[], bool], what: str) -> None:
    """Wait for a condition of another thread or process."""
    end = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < end, f"never happened: {what}"
        time.sleep(0.005)
