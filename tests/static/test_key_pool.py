"""Which key of a pool a call takes, and what becomes of it there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from static.encoding import Content
from static.environment import Secret
from static.errors import CallError
from static.inband import ErrorRule, classify, messages_at
from static.key_pool import KeyPool, connect_keys
from static.numbered_keys import Key, Sharing
from static.pacing import CounterLimits
from static.reply import Failure, JsonValue
from static.signed_upstream import SignedUpstream
from static.signer import Signed
from static.transport import Transport
from static.upstream import Upstream

RULES = (
    ErrorRule("nonce", 503, "nonce"),
    ErrorRule("pause", 429, "rate_limit"),
    ErrorRule("lockout", 503, "lockout"),
)
ALONE = Sharing("", None)
OTHERWISE = ErrorRule("", 502, "request")


def find_failure(body: bytes) -> Failure | None:
    return classify(messages_at(body, "error"), RULES, OTHERWISE, ())


class NamingSigner:
    """Says which key signed, with the nonce as the body."""

    def __init__(self, key: Key, base_uri: str) -> None:
        self._key = key.secret("KEY").reveal()

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        return Signed(target, nonce.encode(), {"Key": self._key})


class Provider:
    """Judges nonces for each key; `hold` keeps answers back, `script` holds errors."""

    def __init__(self) -> None:
        self.highest: dict[str, int] = {}
        self.keys: list[str] = []
        self.active: dict[str, int] = {}
        self.together = 0
        self.hold: asyncio.Event | None = None
        self.script: dict[str, list[str]] = {}

    async def handle(self, request: web.Request) -> web.Response:
        key = request.headers["Key"]
        self.keys.append(key)
        self.active[key] = self.active.get(key, 0) + 1
        assert self.active[key] == 1, "calls with one key overlap"
        self.together = max(self.together, sum(self.active.values()))
        if self.hold is not None:
            await self.hold.wait()
        nonce = int(await request.read())
        script = self.script.get(key)
        error = [script.pop(0)] if script else []
        if nonce <= self.highest.get(key, 0):
            error = ["nonce"]
        self.highest[key] = nonce
        self.active[key] -= 1
        return web.json_response({"error": error})


@asynccontextmanager
async def connected(
    count: int, **options: object
) -> AsyncIterator[tuple[Provider, Upstream]]:
    provider = Provider()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", provider.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    upstream = connect_keys(
        Transport(f"http://{host}:{port}", 5, 5, 0, 100, 10_000, "test/1"),
        [Key(f"KEY_{n}", {"KEY": Secret(f"k{n}")}) for n in range(1, count + 1)],
        NamingSigner,
        ALONE,
        find_failure=find_failure,
        **options,  # type: ignore[arg-type]
    )
    try:
        yield provider, upstream
    finally:
        await upstream.close()
        await runner.cleanup()


async def until(provider: Provider, calls: int) -> None:
    async with asyncio.timeout(10):
        while len(provider.keys) < calls:
            await asyncio.sleep(0.001)


def test_one_key_needs_no_pool() -> None:
    async def test() -> None:
        async with connected(1) as (_, upstream):
            assert isinstance(upstream, SignedUpstream)

    asyncio.run(test())


def test_keys_take_turns_and_work_at_the_same_time() -> None:
    async def test() -> None:
        async with connected(4) as (provider, upstream):
            assert isinstance(upstream, KeyPool)
            for _ in range(8):
                await upstream.send("POST", "/")
            assert provider.keys == ["k1", "k2", "k3", "k4"] * 2
            provider.hold = asyncio.Event()
            calls = [asyncio.create_task(upstream.send("POST", "/")) for _ in range(40)]
            await until(provider, 12)
            assert sorted(provider.keys[8:]) == ["k1", "k2", "k3", "k4"]
            provider.hold.set()
            replies = await asyncio.gather(*calls)
            assert [reply.failure for reply in replies] == [None] * 40
            assert provider.together == 4
            assert sorted(provider.keys) == sorted(["k1", "k2", "k3", "k4"] * 12)

    asyncio.run(test())


def test_the_key_with_the_fewest_calls_is_taken() -> None:
    async def test() -> None:
        async with connected(2) as (provider, upstream):
            provider.hold = asyncio.Event()
            calls = [asyncio.create_task(upstream.send("POST", "/")) for _ in range(5)]
            await until(provider, 2)
            # Three belong to the first and two to the second. One less there makes three.
            for number in (0, 2):
                calls[number].cancel()
            await asyncio.wait([calls[0], calls[2]])
            calls.append(asyncio.create_task(upstream.send("POST", "/")))
            await asyncio.sleep(0)
            assert isinstance(upstream, KeyPool)
            assert upstream._loads == [2, 2]
            provider.hold.set()
            provider.active.clear()
            await asyncio.gather(*calls, return_exceptions=True)
            assert upstream._loads == [0, 0]

    asyncio.run(test())


def test_a_refused_nonce_is_repeated_with_the_same_key() -> None:
    async def test() -> None:
        async with connected(3) as (provider, upstream):
            provider.script = {"k1": ["nonce", "nonce"]}
            assert (await upstream.send("POST", "/")).failure is None
            assert provider.keys == ["k1"] * 3

    asyncio.run(test())


@pytest.mark.parametrize("error", ["pause", "lockout"])
def test_a_key_that_is_refused_is_passed_over(error: str) -> None:
    async def test() -> None:
        async with connected(2) as (provider, upstream):
            provider.script = {"k1": [error]}
            first = await upstream.send("POST", "/")
            assert first.failure is not None
            for _ in range(4):
                assert (await upstream.send("POST", "/")).failure is None
            assert provider.keys == ["k1"] + ["k2"] * 4
            assert upstream.obstacle() is None
            provider.script = {"k2": [error]}
            await upstream.send("POST", "/")
            with pytest.raises(CallError) as caught:
                await upstream.send("POST", "/")
            assert caught.value.status == (429 if error == "pause" else 503)
            stopped = upstream.obstacle() is not None
            assert stopped == (error == "lockout")

    asyncio.run(test())


def test_each_key_has_a_budget_of_its_own() -> None:
    async def test() -> None:
        limits = CounterLimits(maximum=3, decay=1e-6)
        async with connected(2, limits=limits, tier_named=True) as (provider, upstream):
            for _ in range(2):
                await upstream.send("POST", "/", cost=2)
            # Two of three are spent twice: a call that counts double fits nowhere.
            with pytest.raises(CallError, match="would count too many calls"):
                await upstream.send("POST", "/", cost=2)
            await upstream.send("POST", "/")
            await upstream.send("POST", "/")
            assert sorted(provider.keys) == ["k1", "k1", "k2", "k2"]
            with pytest.raises(CallError, match="would count too many calls"):
                await upstream.send("POST", "/")

    asyncio.run(test())


def test_each_line_has_an_end() -> None:
    async def test() -> None:
        async with connected(2, queue_limit=1) as (provider, upstream):
            provider.hold = asyncio.Event()
            calls = [asyncio.create_task(upstream.send("POST", "/")) for _ in range(4)]
            await until(provider, 2)
            with pytest.raises(CallError) as caught:
                await upstream.send("POST", "/")
            assert (caught.value.status, caught.value.code) == (503, "queue_full")
            assert caught.value.retry_after
            provider.hold.set()
            await asyncio.gather(*calls)

    asyncio.run(test())


def test_public_calls_need_no_key_and_nothing_is_sent_after_close() -> None:
    async def test() -> None:
        async with connected(2) as (_, upstream):
            await upstream.close()
            for send in (upstream.send, upstream.send_public):
                with pytest.raises(CallError) as caught:
                    await send("POST", "/")
                assert caught.value.code == "shutting_down"

    asyncio.run(test())
