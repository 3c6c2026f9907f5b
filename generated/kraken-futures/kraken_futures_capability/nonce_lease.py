"""Nonces and turns of a key that processes on several machines share, kept in Redis.

A nonce is the time or the last one plus one, whichever is higher, decided inside of
Redis. Where calls take turns, a process holds a lease for its call: a token that expires
by itself and is renewed while the call is under way. Nonces are only given to the holder,
so that a nonce is also what fences the lease: a process that lost it without noticing
(it was suspended) comes with a lower nonce than its successor, and the provider refuses
it. Whoever waits stands in a line, first come, first served, over all processes.

Without Redis no call is made. Its URL is never told, since it can hold a password.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Final
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from .environment import Secret
from .errors import CallError
from .nonce_scripts import ACQUIRE, RELEASE, RENEW, TAKE

log = logging.getLogger(__name__)

#: Seconds after which the lease of a process that has died is free.
TERM: Final = 10.0
# Whoever waits is woken, and looks again after so many seconds in any case.
_LOOK: Final = 0.5
_ALIVE_MS: Final = 3000
_ANSWER: Final = 2.0
# No token is like this one, so that whoever holds no lease gets no nonce of it.
_NOBODY: Final = "-"


class LeaseServer:
    """One Redis server."""

    def __init__(self, url: Secret) -> None:
        parts = urlsplit(url.reveal())
        self.place = f"{parts.hostname}:{parts.port or 6379}"
        self._redis: Any = Redis.from_url(
            url.reveal(),
            decode_responses=True,
            socket_connect_timeout=_ANSWER,
            socket_timeout=_LOOK + _ANSWER,
            # Once more, because a connection that was idle may have been closed.
            retry=Retry(NoBackoff(), 1),
        )
        self.acquire = self._script(ACQUIRE)
        self.release = self._script(RELEASE)
        self.renew = self._script(RENEW)
        self.take = self._script(TAKE)

    async def wait(self, name: str) -> None:
        """Until something is pushed to a list, or a while has passed."""
        await self._answer(self._redis.blpop([name], timeout=_LOOK))

    async def close(self) -> None:
        """Close all connections."""
        await self._redis.aclose()

    def _script(self, text: str) -> Callable[[list[str], list[object]], Awaitable[Any]]:
        script = self._redis.register_script(text)

        def run(keys: list[str], arguments: list[object]) -> Awaitable[Any]:
            return self._answer(script(keys=keys, args=arguments))

        return run

    async def _answer(self, command: Awaitable[Any]) -> Any:
        try:
            return await command
        # Of the standard library's errors, those of sockets and of time limits.
        except (RedisError, OSError) as error:
            log.warning("Redis at %s: %s", self.place, type(error).__name__)
            raise CallError(
                503,
                "lease_unavailable",
                f"the nonces of the key are kept in Redis at {self.place}, which does "
                "not answer, so the call was not sent",
                retry_after=1.0,
            ) from None


class SharedNonces:
    """The nonces of one key."""

    def __init__(
        self,
        server: LeaseServer,
        fingerprint: str,
        unit: int = 1,
        clock: Callable[[], int] = time.time_ns,
        term: float = TERM,
    ) -> None:
        self._server = server
        self._term = term
        self._term_ms = round(term * 1000)
        # The braces keep all that belongs to a key in one slot of a cluster.
        self._name = f"signing:{{{fingerprint}}}"
        self._nonce, self._held = f"{self._name}:nonce", f"{self._name}:lease"
        self._unit = unit
        self._clock = clock
        self._token = ""

    async def take(self) -> str:
        """The next nonce; CallError 503 when there is none, or the lease is lost."""
        asked = time.monotonic()
        arguments: list[object] = [self._clock() // self._unit]
        arguments += [self._token, self._term_ms]
        nonce = await self._server.take([self._nonce, self._held], arguments)
        # Too late is lost as well: someone else may hold the lease by now.
        if not nonce or (self._token and time.monotonic() - asked > self._term / 2):
            raise CallError(
                503,
                "lease_lost",
                "another process took over the key, so the call was not sent",
                retry_after=1.0,
            )
        return str(nonce)


class Lease(SharedNonces):
    """The right to call with one key; enter it for each call, one call at a time.

    Waits for at most `patience` seconds, None for as long as it takes, then raises
    CallError 503 queue_timeout.
    """

    def __init__(
        self,
        server: LeaseServer,
        fingerprint: str,
        unit: int = 1,
        patience: float | None = None,
        clock: Callable[[], int] = time.time_ns,
        term: float = TERM,
    ) -> None:
        super().__init__(server, fingerprint, unit, clock, term)
        self._keys = [self._held, f"{self._name}:line"]
        self._token = _NOBODY
        self._patience = patience
        self._renewal: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> None:
        self._token = secrets.token_hex(8)
        try:
            async with asyncio.timeout(self._patience):
                while not await self._acquired():
                    await self._server.wait(f"{self._name}:wake:{self._token}")
        except TimeoutError:
            self._give_back()
            raise CallError(
                503,
                "queue_timeout",
                "other processes call with the same key, and this call had no turn in "
                f"{self._patience:g} s; it was not sent",
                retry_after=1.0,
            ) from None
        except BaseException:
            self._give_back()
            raise
        self._renew_later()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._give_back()

    async def close(self) -> None:
        """Wait until all that is given back has arrived."""
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _acquired(self) -> bool:
        arguments: list[object] = [
            self._token,
            self._term_ms,
            self._name,
            _ALIVE_MS,
        ]
        return bool(await self._server.acquire(self._keys, arguments))

    def _give_back(self) -> None:
        """In the background: neither the answer nor a cancellation waits for it."""
        if self._renewal is not None:
            self._renewal.cancel()
            self._renewal = None
        token, self._token = self._token, _NOBODY
        self._start(self._server.release(self._keys, [token, self._name]))

    def _renew_later(self) -> None:
        loop = asyncio.get_running_loop()
        self._renewal = loop.call_later(self._term / 3, self._renew)

    def _renew(self) -> None:
        self._renew_later()
        self._start(self._server.renew([self._held], [self._token, self._term_ms]))

    def _start(self, work: Awaitable[Any]) -> None:
        task = asyncio.create_task(_done(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _done(work: Awaitable[Any]) -> None:
    try:
        await work
    except CallError:
        # It was logged. Nobody is harmed: the lease ends by itself, and a nonce is
        # only given to who holds it.
        return
