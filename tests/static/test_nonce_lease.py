"""Nonces and leases in a real Redis: order, fairness, loss, and what is never told."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest
from redis.asyncio import Redis

from redis_server import PASSWORD, RedisServer, redis_server
from static.environment import Secret
from static.errors import CallError
from static.nonce_lease import Lease, LeaseServer, SharedNonces


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


class Processes:
    """Clients of one Redis, each as separate as those of different processes are."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._fingerprint = f"test-{random.randrange(10**12)}"
        self._servers: list[LeaseServer] = []
        self._leases: list[Lease] = []

    def lease(self, *, patience: float = 20, term: float = 10) -> Lease:
        server = LeaseServer(Secret(self._url))
        self._servers.append(server)
        lease = Lease(server, self._fingerprint, 1, patience, term=term)
        self._leases.append(lease)
        return lease

    def nonces(self, clock: Callable[[], int]) -> SharedNonces:
        server = LeaseServer(Secret(self._url))
        self._servers.append(server)
        return SharedNonces(server, self._fingerprint, clock=clock)

    async def in_line(self, count: int) -> None:
        """Wait until so many stand in the line."""
        async with Redis.from_url(self._url) as client, asyncio.timeout(20):
            name = f"signing:{{{self._fingerprint}}}:line"
            while await client.llen(name) != count:
                await asyncio.sleep(0.005)

    async def close(self) -> None:
        for lease in self._leases:
            await lease.close()
        for server in self._servers:
            await server.close()


def among(redis: RedisServer, test: Callable[[Processes], Awaitable[None]]) -> None:
    async def run() -> None:
        async with AsyncExitStack() as stack:
            processes = Processes(redis.url)
            stack.push_async_callback(processes.close)
            await test(processes)

    asyncio.run(run())


def test_one_holds_the_lease_and_nonces_increase(redis: RedisServer) -> None:
    async def test(processes: Processes) -> None:
        holders, most = 0, 0
        nonces: list[int] = []

        async def work(lease: Lease) -> None:
            nonlocal holders, most
            for _ in range(20):
                async with lease:
                    holders += 1
                    most = max(most, holders)
                    nonces.append(int(await lease.take()))
                    await asyncio.sleep(0)
                    nonces.append(int(await lease.take()))
                    holders -= 1

        await asyncio.gather(*(work(processes.lease()) for _ in range(6)))
        with pytest.raises(CallError) as caught:
            await processes.lease().take()
        assert caught.value.code == "lease_lost"
        assert most == 1
        assert nonces == sorted(set(nonces))
        assert len(nonces) == 240

    among(redis, test)


def test_clocks_that_differ_or_step_back_do_no_harm(redis: RedisServer) -> None:
    async def test(processes: Processes) -> None:
        now = 1_792_000_000_000_000_000
        early = processes.nonces(lambda: now - 10**12)
        late = processes.nonces(lambda: now)
        given = [await early.take(), await late.take(), await early.take()]
        given += [await late.take(), await early.take()]
        # Beyond 2^53, where numbers of Lua lose their last digits.
        assert given == [str(n) for n in (now - 10**12, now, now + 1, now + 2, now + 3)]

    among(redis, test)


def test_a_nonce_with_more_digits_is_higher(redis: RedisServer) -> None:
    async def test(processes: Processes) -> None:
        first, second = processes.nonces(lambda: 999), processes.nonces(lambda: 5000)
        assert [await first.take(), await second.take()] == ["999", "5000"]
        assert [await first.take(), await first.take()] == ["5001", "5002"]

    among(redis, test)


def test_first_come_first_served(redis: RedisServer) -> None:
    async def test(processes: Processes) -> None:
        order: list[int] = []
        holder = processes.lease()
        await holder.__aenter__()

        async def wait(number: int) -> None:
            async with processes.lease():
                order.append(number)

        waiting = []
        for number in range(5):
            waiting.append(asyncio.create_task(wait(number)))
            await processes.in_line(number + 1)
        await holder.__aexit__(None, None, None)
        await asyncio.gather(*waiting)
        assert order == [0, 1, 2, 3, 4]

    among(redis, test)


def test_who_comes_back_at_once_is_last_in_the_line(redis: RedisServer) -> None:
    async def test(processes: Processes) -> None:
        holder, slow = processes.lease(), processes.lease()
        await holder.__aenter__()
        slow._token = "slow"
        assert not await slow._acquired()
        await holder.__aexit__(None, None, None)
        # The lease is free, and whoever waits has been woken but has not come yet.
        await holder.close()
        holder._token = "again"
        assert not await holder._acquired()
        assert await slow._acquired()

    among(redis, test)


def test_who_gives_up_leaves_the_line(redis: RedisServer) -> None:
    async def test(processes: Processes) -> None:
        async with processes.lease():
            cancelled = asyncio.create_task(processes.lease().__aenter__())
            await processes.in_line(1)
            cancelled.cancel()
            with pytest.raises(asyncio.CancelledError):
                await cancelled
            with pytest.raises(CallError, match="had no turn in 0.05 s") as caught:
                await processes.lease(patience=0.05).__aenter__()
            assert (caught.value.status, caught.value.code) == (503, "queue_timeout")
            await processes.in_line(0)
        async with processes.lease() as _, asyncio.timeout(20):
            await processes.in_line(0)

    among(redis, test)


def test_a_process_that_dies_holds_nothing_up_for_ever(redis: RedisServer) -> None:
    async def test(processes: Processes) -> None:
        dead = processes.lease(term=0.3)
        await dead.__aenter__()
        assert dead._renewal is not None
        dead._renewal.cancel()
        async with processes.lease() as _:
            # What comes back to life finds out before it sends anything.
            with pytest.raises(CallError) as caught:
                await dead.take()
            assert (caught.value.status, caught.value.code) == (503, "lease_lost")

    among(redis, test)


def test_a_lease_is_renewed_while_a_call_is_under_way(redis: RedisServer) -> None:
    async def test(processes: Processes) -> None:
        holder = processes.lease(term=0.3)
        async with holder:
            with pytest.raises(CallError) as caught:
                await processes.lease(patience=1.5).__aenter__()
            assert caught.value.code == "queue_timeout"
            assert await holder.take()

    among(redis, test)


def test_without_redis_there_is_no_nonce(caplog: pytest.LogCaptureFixture) -> None:
    async def test(processes: Processes) -> None:
        lease = processes.lease()
        async with lease:
            assert await lease.take()
            server.stop()
            for broken in (lease.take, processes.lease().__aenter__):
                with pytest.raises(CallError) as caught:
                    await broken()
                assert caught.value.status == 503
                assert caught.value.code == "lease_unavailable"
                assert f"127.0.0.1:{server.port}" in caught.value.message
                assert PASSWORD not in caught.value.message

    with redis_server() as server, caplog.at_level(logging.DEBUG):
        among(server, test)
    assert "Redis at 127.0.0.1" in caplog.text
    assert PASSWORD not in caplog.text


def test_a_wrong_password_is_not_told(redis: RedisServer) -> None:
    async def run() -> None:
        processes = Processes(redis.url.replace(PASSWORD, "wrong-pass-4711"))
        with pytest.raises(CallError) as caught:
            await processes.lease().__aenter__()
        await processes.close()
        assert caught.value.code == "lease_unavailable"
        assert "4711" not in caught.value.message

    asyncio.run(run())
