"""SignedUpstream against a provider that enforces its nonces and its limits."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from static.encoding import Content
from static.errors import CallError
from static.inband import ErrorRule, classify, messages_at
from static.pacing import CounterLimits, NonceSource
from static.reply import Failure, JsonValue, Reply
from static.signed_upstream import SignedUpstream
from static.signer import Signed
from static.transport import Transport

RULES = (
    ErrorRule("EAPI:Invalid nonce", 503, "nonce"),
    ErrorRule("EAPI:Invalid key", 502, "credentials"),
    ErrorRule("EAPI:Rate limit exceeded", 429, "rate_limit"),
    ErrorRule("EService: Throttled:", 429, "throttle", "unix-time"),
    ErrorRule("EGeneral:Temporary lockout", 503, "lockout"),
)
OTHERWISE = ErrorRule("", 502, "request")
STARTER = CounterLimits(maximum=15, decay=0.5)
NOW = 1_700_000_000.0


def find_failure(body: bytes) -> Failure | None:
    messages = messages_at(body, "error")
    return classify(messages, RULES, OTHERWISE, ("W",), now=lambda: NOW)


class PlainSigner:
    """Sends the nonce as the body, which is all that this provider checks."""

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        return Signed(target, nonce.encode(), {"API-Key": "k"})


class Provider:
    """Answers in random time; `script` holds the errors of the next answers."""

    def __init__(self, window: int = 0) -> None:
        self.window = window
        self.delay = 0.0
        self.hold: asyncio.Event | None = None
        self.script: list[str] = []
        self.status = 200
        self.nonces: list[int] = []
        self.keys: list[str | None] = []
        self.rejected = 0
        self.active = self.most_active = 0
        self.highest = 0

    async def handle(self, request: web.Request) -> web.Response:
        # The way to the provider takes a random time: this is where calls overtake.
        self.active += 1
        self.most_active = max(self.most_active, self.active)
        try:
            await asyncio.sleep(random.uniform(0, self.delay))
            return await self.answer(request)
        finally:
            self.active -= 1

    async def answer(self, request: web.Request) -> web.Response:
        nonce = int(await request.read() or b"0")
        self.nonces.append(nonce)
        self.keys.append(request.headers.get("API-Key"))
        if self.hold is not None:
            await self.hold.wait()
        error = self.script.pop(0) if self.script else ""
        if not error and nonce + self.window <= self.highest:
            self.rejected += 1
            error = "EAPI:Invalid nonce"
        self.highest = max(self.highest, nonce)
        await asyncio.sleep(random.uniform(0, self.delay))
        text = json.dumps({"error": [error] if error else []})
        return web.Response(
            status=self.status, text=text, content_type="application/json"
        )


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Scene:
    """A provider, an upstream that calls it, a clock, and the sleeps between."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.clock = Clock()
        self.sleeps: list[float] = []
        self.upstream: SignedUpstream

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)

    async def call(self, cost: float = 1.0) -> Reply:
        return await self.upstream.send("POST", "/call", body={}, cost=cost)

    async def refusal(self, cost: float = 1.0) -> CallError:
        before = len(self.provider.nonces)
        with pytest.raises(CallError) as caught:
            await self.call(cost)
        assert len(self.provider.nonces) == before, "a refused call was sent"
        return caught.value


@asynccontextmanager
async def scene(
    *,
    window: int = 0,
    tier_named: bool = False,
    queue_limit: int = 256,
    pool_limit: int = 100,
    read_timeout: float = 5.0,
) -> AsyncIterator[Scene]:
    play = Scene(Provider(window))
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", play.provider.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    play.upstream = SignedUpstream(
        Transport(
            f"http://{host}:{port}", 5, read_timeout, 0, pool_limit, 10_000, "test/1"
        ),
        PlainSigner(),
        nonces=NonceSource().take,
        overlap=window > 0,
        limits=STARTER,
        tier_named=tier_named,
        find_failure=find_failure,
        queue_limit=queue_limit,
        clock=play.clock,
        sleep=play.sleep,
    )
    try:
        yield play
    finally:
        if play.provider.hold is not None:
            play.provider.hold.set()
        await play.upstream.close()
        await runner.cleanup()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


def in_scene(
    test: Callable[[Scene], Awaitable[None]],
    *,
    window: int = 0,
    tier_named: bool = False,
    queue_limit: int = 256,
    pool_limit: int = 100,
    read_timeout: float = 5.0,
) -> None:
    async def run() -> None:
        async with scene(
            window=window,
            tier_named=tier_named,
            queue_limit=queue_limit,
            pool_limit=pool_limit,
            read_timeout=read_timeout,
        ) as play:
            await test(play)

    asyncio.run(run())


def test_serial_calls_never_overtake_each_other() -> None:
    async def test(play: Scene) -> None:
        play.provider.delay = 0.002
        replies = await asyncio.gather(*(play.call() for _ in range(200)))
        assert all(reply.failure is None for reply in replies)
        assert play.provider.rejected == 0
        assert play.provider.most_active == 1
        assert play.provider.nonces == sorted(play.provider.nonces)
        assert len(set(play.provider.nonces)) == 200
        assert play.sleeps == []

    in_scene(test)


def test_without_the_lock_the_provider_would_refuse() -> None:
    # Guards the test above: the provider does notice calls that overlap.
    async def test(play: Scene) -> None:
        play.provider.delay = 0.02
        play.provider.window = 0
        await asyncio.gather(*(play.call() for _ in range(50)), return_exceptions=True)
        assert play.provider.rejected > 0

    in_scene(test, window=1)


def test_calls_overlap_with_a_window() -> None:
    async def test(play: Scene) -> None:
        play.provider.delay = 0.02
        replies = await asyncio.gather(*(play.call() for _ in range(50)))
        assert all(reply.failure is None for reply in replies)
        assert play.provider.most_active > 1
        assert len(set(play.provider.nonces)) == 50

    in_scene(test, window=10_000_000_000)


def test_calls_are_made_in_the_order_of_their_arrival() -> None:
    async def test(play: Scene) -> None:
        order: list[int] = []

        async def one(number: int) -> None:
            await play.call()
            order.append(number)

        await asyncio.gather(*(one(number) for number in range(20)))
        assert order == list(range(20))

    in_scene(test)


def test_a_cancelled_call_makes_way_for_the_next() -> None:
    async def test(play: Scene) -> None:
        play.provider.hold = asyncio.Event()
        first = asyncio.create_task(play.call())
        await until(lambda: len(play.provider.nonces) == 1)
        waiting = asyncio.create_task(play.call())
        last = asyncio.create_task(play.call())
        await asyncio.sleep(0)
        waiting.cancel()
        first.cancel()
        for task in (first, waiting):
            with pytest.raises(asyncio.CancelledError):
                await task
        play.provider.hold.set()
        async with asyncio.timeout(5):
            assert (await last).failure is None
        assert len(play.provider.nonces) == 2

    in_scene(test)


def test_a_timeout_is_not_repeated_and_makes_way_for_the_next() -> None:
    async def test(play: Scene) -> None:
        play.provider.hold = asyncio.Event()
        with pytest.raises(CallError) as caught:
            await play.call()
        assert (caught.value.status, caught.value.code) == (504, "upstream_timeout")
        assert len(play.provider.nonces) == 1
        play.provider.hold.set()
        assert (await play.call()).failure is None
        assert len(play.provider.nonces) == 2

    in_scene(test, read_timeout=0.1)


def test_the_line_has_an_end() -> None:
    async def test(play: Scene) -> None:
        play.provider.hold = asyncio.Event()
        tasks = [asyncio.create_task(play.call()) for _ in range(3)]
        await until(lambda: len(play.provider.nonces) == 1)
        error = await play.refusal()
        assert (error.status, error.code) == (503, "queue_full")
        tasks.pop().cancel()
        await asyncio.sleep(0)
        tasks.append(asyncio.create_task(play.call()))
        play.provider.hold.set()
        await asyncio.gather(*tasks)

    in_scene(test, queue_limit=2)


def test_a_nonce_does_not_age_while_its_call_waits_for_a_connection() -> None:
    async def test(play: Scene) -> None:
        play.provider.hold = asyncio.Event()
        tasks = [asyncio.create_task(play.call()) for _ in range(3)]
        await until(lambda: len(play.provider.nonces) == 2)
        error = await play.refusal()
        assert (error.status, error.code) == (503, "queue_full")
        freed = time.time_ns()
        play.provider.hold.set()
        await asyncio.gather(*tasks)
        assert [nonce > freed for nonce in play.provider.nonces] == [False, False, True]

    in_scene(test, window=10**10, pool_limit=2, queue_limit=1)


def test_nobody_waits_in_line_for_ever() -> None:
    async def test(play: Scene) -> None:
        play.provider.hold = asyncio.Event()
        first = asyncio.create_task(play.call())
        await until(lambda: len(play.provider.nonces) == 1)
        # The call that is under way has no limit of its own here.
        play.upstream._patience = 0.05
        error = await play.refusal()
        assert (error.status, error.code) == (503, "queue_timeout")
        assert error.retry_after == 1.0
        play.provider.hold.set()
        assert (await first).failure is None
        assert (await play.call()).failure is None

    in_scene(test)


@pytest.mark.parametrize("window", [0, 1])
def test_a_refused_nonce_is_followed_by_a_fresh_one(window: int) -> None:
    async def test(play: Scene) -> None:
        play.provider.script = ["EAPI:Invalid nonce"] * 2
        assert (await play.call()).failure is None
        assert len(set(play.provider.nonces)) == 3
        assert len(play.sleeps) == 2
        assert all(0.02 <= seconds <= 0.12 for seconds in play.sleeps)

    in_scene(test, window=window)


def test_nonces_that_stay_refused_stop_all_calls() -> None:
    async def test(play: Scene) -> None:
        play.provider.script = ["EAPI:Invalid nonce"] * 5
        first = await play.call()
        assert first.failure is not None
        assert (first.http_status, first.failure.kind) == (503, "nonce")
        assert len(play.provider.nonces) == 3
        assert play.upstream.obstacle() is None
        await play.call()
        assert len(play.provider.nonces) == 5, "the fifth refusal ends the attempts"
        error = await play.refusal()
        assert (error.status, error.code) == (503, "calls_stopped")
        assert error.retry_after == 60
        assert play.upstream.obstacle() == error.message
        play.clock.now += 60
        assert play.upstream.obstacle() is None
        assert (await play.call()).failure is None
        assert (await play.call()).failure is None

    in_scene(test)


def test_a_refused_key_is_not_tried_again_and_counts() -> None:
    async def test(play: Scene) -> None:
        play.provider.script = ["EAPI:Invalid key"] * 6
        for sent in range(1, 6):
            reply = await play.call()
            assert reply.http_status == 502
            assert reply.body == b'{"error": ["EAPI:Invalid key"]}'
            assert len(play.provider.nonces) == sent
        assert "check the key" in (await play.refusal()).message
        play.clock.now += 60
        await play.call()
        await play.refusal()

    in_scene(test)


def test_a_lockout_stops_calls_at_once() -> None:
    async def test(play: Scene) -> None:
        play.provider.script = ["EGeneral:Temporary lockout"]
        await play.call()
        assert (await play.refusal()).retry_after == 900

    in_scene(test)


def test_a_call_that_waits_in_line_is_stopped_as_well() -> None:
    async def test(play: Scene) -> None:
        play.provider.hold = asyncio.Event()
        play.provider.script = ["EGeneral:Temporary lockout"]
        first = asyncio.create_task(play.call())
        await until(lambda: len(play.provider.nonces) == 1)
        second = asyncio.create_task(play.call())
        await asyncio.sleep(0)
        play.provider.hold.set()
        await first
        with pytest.raises(CallError, match="are stopped"):
            await second
        assert len(play.provider.nonces) == 1

    in_scene(test)


@pytest.mark.parametrize("window", [0, 1])
@pytest.mark.parametrize(
    ("message", "wait"),
    [
        ("EAPI:Rate limit exceeded", 30.0),
        (f"EService: Throttled: {NOW + 7:.0f}", 7.0),
    ],
)
def test_calls_pause_when_the_provider_says_so(
    message: str, wait: float, window: int
) -> None:
    async def test(play: Scene) -> None:
        play.provider.script = [message]
        reply = await play.call()
        assert reply.http_status == 429
        assert reply.failure is not None
        assert reply.retry_after == reply.failure.retry_after == wait
        play.clock.now += 2
        error = await play.refusal()
        assert (error.status, error.code) == (429, "rate_limited")
        assert error.retry_after == wait - 2
        play.clock.now += wait - 2
        assert (await play.call()).failure is None

    in_scene(test, window=window)


def test_status_429_is_a_request_to_pause_too() -> None:
    async def test(play: Scene) -> None:
        play.provider.status = 429
        reply = await play.call()
        assert (reply.status, reply.failure, reply.retry_after) == (429, None, 30.0)
        assert (await play.refusal()).status == 429

    in_scene(test)


def test_a_named_tier_holds_calls_back_before_the_provider_complains() -> None:
    async def test(play: Scene) -> None:
        for _ in range(7):
            await play.call(cost=2)
        error = await play.refusal(cost=2)
        assert (error.status, error.code, error.retry_after) == (429, "rate_limited", 2)
        await play.call(cost=1)
        play.clock.now += 4
        await play.call(cost=2)

    in_scene(test, tier_named=True)


def test_without_a_named_tier_nothing_is_held_back() -> None:
    async def test(play: Scene) -> None:
        for _ in range(30):
            await play.call(cost=2)

    in_scene(test)


def test_a_failure_of_the_call_says_nothing_about_the_key() -> None:
    async def test(play: Scene) -> None:
        for _ in range(3):
            play.provider.script = ["EAPI:Invalid key"] * 4 + ["EQuery:Unknown asset"]
            for _ in range(5):
                await play.call()
        assert play.upstream.obstacle() is None

    in_scene(test)


def test_public_calls_carry_no_key_and_pass_an_open_breaker() -> None:
    async def test(play: Scene) -> None:
        play.provider.script = ["EGeneral:Temporary lockout"]
        await play.call()
        reply = await play.upstream.send_public("GET", "/open")
        assert reply.status == 200
        assert play.provider.keys == ["k", None]

    in_scene(test)


def test_warnings_hold_no_nonce(caplog: pytest.LogCaptureFixture) -> None:
    async def test(play: Scene) -> None:
        play.provider.script = ["EAPI:Invalid nonce"] * 5
        await play.call()
        await play.call()
        assert caplog.records
        for nonce in play.provider.nonces:
            assert str(nonce) not in caplog.text

    with caplog.at_level(logging.WARNING):
        in_scene(test)
