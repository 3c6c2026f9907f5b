"""What a sandbox does to accepted requests: pauses and faults."""

from __future__ import annotations

import random
from collections import deque

from aiohttp import web

from .reply import JsonObject
from .sandbox_control import (
    MAX_QUEUE,
    Change,
    ControlError,
    Injection,
    SandboxOptions,
    parse_injections,
)


class Behaviour:
    """The current delay, jitter, waiting faults and error rate of a sandbox.

    Random choices are drawn in order of arrival, so one seed and one order of
    requests give the same run again.
    """

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options
        self._errors = parse_injections(options.errors)
        self.reset()

    def reset(self) -> None:
        """Behave as at the start."""
        options = self._options
        self._random = random.Random(options.seed)
        self._delay, self._jitter = options.delay, options.jitter
        self._rate = options.error_rate
        self._pool = self._errors if options.error_rate else ()
        self._queue = deque(() if options.error_rate else self._errors)

    def check(self, change: Change) -> None:
        """ControlError when `apply` could not carry out a change; changes nothing."""
        fallback = self._errors if change.reset else self._pool
        if change.error_rate and not (change.errors or fallback):
            raise ControlError("error_rate needs errors to choose from")
        waiting = 0 if change.reset else len(self._queue)
        if not change.error_rate and waiting + len(change.errors) > MAX_QUEUE:
            raise ControlError(f"more than {MAX_QUEUE} errors would be waiting")

    def apply(self, change: Change) -> None:
        """Carry out a change that `check` has passed."""
        if change.reset:
            self.reset()
        if change.delay is not None:
            self._delay = change.delay
        if change.jitter is not None:
            self._jitter = change.jitter
        if change.error_rate is not None:
            self._rate = change.error_rate
        if not change.error_rate:
            self._queue.extend(change.errors)
        else:
            self._pool = change.errors or self._pool or self._errors

    def draw(self) -> tuple[float, Injection | None]:
        """The pause in seconds and the fault, if any, for the next accepted request."""
        pause = self._delay + self._random.uniform(0.0, self._jitter)
        if self._queue:
            return pause, self._queue.popleft()
        if self._rate and self._random.random() < self._rate:
            return pause, self._random.choice(self._pool)
        return pause, None

    def state(self) -> JsonObject:
        """The settings in force, and the number of faults that wait."""
        return {
            "delay": self._delay,
            "jitter": self._jitter,
            "error_rate": self._rate,
            "queued": len(self._queue),
        }


async def play(
    injection: Injection, request: web.BaseRequest, answer: bytes
) -> web.StreamResponse:
    """Spoil the answer to a request in the way that the injection's kind says."""
    if injection.kind == "status":
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        return web.Response(
            status=injection.status,
            body=injection.text.encode(),
            headers=headers | dict(injection.headers),
        )
    if injection.kind == "garbage":
        return web.Response(body=b'{"error":[<!--', content_type="application/json")
    if injection.kind == "truncate":
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        response.content_length = len(answer)
        await response.prepare(request)
        await response.write(answer[: len(answer) // 2])
        if request.transport is not None:
            request.transport.close()
        return response
    # "disconnect", and "hang" once it has waited: the caller never gets an answer.
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
