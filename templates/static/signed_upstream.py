"""Signed calls to one upstream with one key, at a pace the provider accepts.

A nonce has to be higher than every one the provider has seen for the key, in the
order in which calls *arrive*. Two calls on two connections can overtake each other,
so by default one call is made at a time, and the rest waits in line.
"""

from __future__ import annotations

import asyncio
import logging
import random
import re
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

from .encoding import Content, checked_headers
from .errors import CallError
from .pacing import Breaker, CounterLimits, Pause, TokenBucket, clock_skew
from .reply import Failure, JsonValue, Reply
from .signer import Signer
from .transport import Transport
from .upstream import FindFailure, Pairs, Upstream

log = logging.getLogger(__name__)

#: Gives the nonce of an attempt, at once or, from afar, when it is awaited.
Nonces = Callable[[], str | Awaitable[str]]
#: Texts in answers with an error status that refuse the `clock` or the `nonce` of a call.
Refusals = Sequence[tuple[bytes, str]]

_REFUSALS = ("credentials", "nonce", "lockout")
# Failures that come after the provider has accepted key, signature and nonce.
_ACCEPTED = ("request", "permission")
_NONCE_ATTEMPTS = 3
_JITTER = (0.020, 0.120)
_NO_HEADERS: Mapping[str, str] = {}
# When the provider says "too fast" and its counter is not known.
_DEFAULT_PAUSE = 15.0


class SignedUpstream(Upstream):
    """An upstream whose calls are signed with one key; share it among all users.

    `nonces` gives the nonce of each attempt. With `overlap`, calls are made at the same
    time, as many as there can be connections: a nonce must not age while its call waits
    for one. Without it, one call is made at a time; with a `lease`, entered for each
    call, that holds for all processes that share it. `limits` is the
    provider's call counter; only when the operator named the account's tier
    (`tier_named`) are calls held back before the provider complains, since the
    lowest tier would be a needless brake. At most `queue_limit` calls wait in line,
    each no longer than the transport's `total_timeout`: what was asked for long ago
    is not done any more.

    Besides the errors of `Upstream`, `send` raises CallError 503 calls_stopped, 503
    queue_full, 503 queue_timeout and 429 rate_limited, all of them before anything is
    sent, and 503 clock_skew when the provider refused the time of the call (`refusals`
    says how it does that, and how it refuses a nonce by an error status).
    """

    def __init__(
        self,
        transport: Transport,
        signer: Signer,
        *,
        nonces: Nonces,
        lease: AbstractAsyncContextManager[object] | None = None,
        overlap: bool = False,
        limits: CounterLimits | None = None,
        tier_named: bool = False,
        find_failure: FindFailure | None = None,
        refusals: Refusals = (),
        queue_limit: int = 256,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        super().__init__(transport, find_failure=find_failure)
        self._signer = signer
        self._recovery = limits.recovery if limits else _DEFAULT_PAUSE
        self._bucket = TokenBucket(limits, clock) if limits and tier_named else None
        self._breaker = Breaker(self.host, clock=clock)
        self._pause = Pause(clock)
        self._refusals = [(_pattern(text), kind) for text, kind in refusals]
        self._nonces = nonces
        self._lease = lease
        connections = transport.pool_limit or sys.maxsize
        self._turns = asyncio.Semaphore(connections if overlap else 1)
        self._waiting = 0
        self._queue_limit = queue_limit
        self._patience = transport.total_timeout or None
        self._sleep = sleep

    async def send(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        body: JsonValue | Content = None,
        cost: float = 1.0,
    ) -> Reply:
        extra = checked_headers(headers) if headers else _NO_HEADERS
        target = self.target(path, query)
        if self._turns.locked():
            await self._wait_in_line()
        else:
            await self._turns.acquire()
        try:
            if self._lease is None:
                return await self._attempt(method, target, body, extra, cost)
            self._breaker.check()
            self._check_pause()
            async with self._lease:
                return await self._attempt(method, target, body, extra, cost)
        finally:
            self._turns.release()

    def obstacle(self) -> str | None:
        return self._breaker.obstacle()

    def ready(self, cost: float) -> bool:
        """Whether the provider would take a call at the moment, as far as we know."""
        return (
            self._breaker.obstacle() is None
            and not self._pause.remaining()
            and (self._bucket is None or not self._bucket.wait(cost))
        )

    async def _wait_in_line(self) -> None:
        self._breaker.check()
        self._check_pause()
        if self._waiting >= self._queue_limit:
            raise CallError(
                503,
                "queue_full",
                f"{self._waiting} calls to {self.host} are waiting already",
                retry_after=1.0,
            )
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError:
            raise CallError(
                503,
                "queue_timeout",
                f"calls to {self.host} take their turns, and this one had none in "
                f"{self._patience:g} s; it was not sent",
                retry_after=1.0,
            ) from None
        finally:
            self._waiting -= 1

    async def _attempt(
        self,
        method: str,
        target: str,
        body: JsonValue | Content,
        extra: Mapping[str, str],
        cost: float,
    ) -> Reply:
        """Make the call; again, with a fresh nonce, when only the nonce was refused.

        That is safe for any operation: the provider looks at the nonce before it
        does anything. No other failure is ever answered by another attempt.
        """
        attempt = 1
        while True:
            if not (self._pause.calm and self._breaker.calm and self._bucket is None):
                self._admit(cost)
            try:
                nonce = self._nonces()
                if not isinstance(nonce, str):
                    nonce = await nonce
                sent, data, headers = self._signer.sign(
                    method, target, extra, body, nonce
                )
                if extra:
                    headers = {**extra, **headers}
                reply = await self.exchange(method, self.url(sent), headers, data)
            except BaseException:
                self._breaker.undecided()
                raise
            failure = reply.failure
            if failure is None and reply.status < 400:
                if not self._breaker.calm:
                    self._breaker.accepted()
                return reply
            reply = self._learn(self._refused(reply))
            failure = reply.failure
            if failure is None or failure.kind != "nonce" or self._breaker.obstacle():
                return reply
            if attempt == _NONCE_ATTEMPTS:
                log.warning(
                    "%s refused %d nonces in a row: something else uses the key, or "
                    "the clock was put back",
                    self.host,
                    attempt,
                )
                return reply
            attempt += 1
            log.warning("%s refused a nonce; attempt %d follows", self.host, attempt)
            await self._sleep(random.uniform(*_JITTER))

    def _check_pause(self) -> None:
        wait = self._pause.remaining()
        if wait:
            raise self._too_fast("asked for a pause", wait)

    def _admit(self, cost: float) -> None:
        """Raise CallError unless a call can be made now; count it if it can."""
        self._breaker.check()
        self._check_pause()
        if self._bucket is not None:
            wait = self._bucket.spend(cost)
            if wait:
                raise self._too_fast("would count too many calls", wait)
        self._breaker.admit()

    def _too_fast(self, why: str, wait: float) -> CallError:
        return CallError(429, "rate_limited", f"{self.host} {why}", retry_after=wait)

    def _refused(self, reply: Reply) -> Reply:
        """The reply, as the failure that it is when only the nonce was refused."""
        if reply.failure is not None or reply.status < 400:
            return reply
        words = _dense(reply.body) if self._refusals else b""
        kind = next((kind for text, kind in self._refusals if text.search(words)), "")
        if kind == "clock":
            self._breaker.undecided()
            skew = clock_skew((reply.headers or {}).get("Date"))
            log.warning("%s refused the time of a call: %s", self.host, skew)
            told = f"{self.host} refused the time of the call, and did nothing: {skew}"
            raise CallError(503, "clock_skew", told)
        if kind == "nonce":
            said = reply.body[:500].decode(errors="replace")
            return reply._replace(failure=Failure(503, kind, (said,)))
        return reply

    def _learn(self, reply: Reply) -> Reply:
        """Draw the conclusions of a failure; the reply then says when to retry."""
        failure = reply.failure
        kind = "" if failure is None else failure.kind
        if kind in _REFUSALS:
            if self._breaker.refused(kind):
                log.warning("%s", self._breaker.obstacle())
            return reply
        if kind in _ACCEPTED:
            self._breaker.accepted()
        else:
            self._breaker.undecided()
        if reply.status != 429 and kind not in ("rate_limit", "throttle"):
            return reply
        wait = reply.retry_after
        if wait is None:
            wait = self._recovery
        # A time that has just passed by our clock may still lie ahead by theirs.
        wait = max(wait, 1.0)
        self._pause.hold(wait)
        log.warning("%s asked for a pause of %.1f s", self.host, wait)
        if failure is not None:
            failure = replace(failure, retry_after=wait)
        return reply._replace(failure=failure, retry_after=wait)


def _dense(text: bytes) -> bytes:
    """A text without the white space that JSON is written with, or is not."""
    return b"".join(text.split())


def _pattern(text: bytes) -> re.Pattern[bytes]:
    """What finds `text` in a dense one; a number at its end is a whole one."""
    end = rb"(?![0-9])" if text[-1:].isdigit() else b""
    return re.compile(re.escape(_dense(text)) + end)
