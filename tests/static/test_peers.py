"""What workers tell one another, and those that go while they do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from static.peers import Peers


def test_a_worker_that_breaks_off_is_left_out(tmp_path: Path) -> None:
    async def break_off(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b'{"metrics": [')
        writer.close()

    async def test() -> None:
        (tmp_path / "1.sock").touch()  # Of one that was killed.
        server = await asyncio.start_unix_server(break_off, str(tmp_path / "2.sock"))
        async with server:
            peers = Peers(str(tmp_path))
            assert await peers.metrics() == []
            assert await peers.traces() == []

    asyncio.run(test())


def test_workers_find_one_another(tmp_path: Path) -> None:
    async def test() -> None:
        peers, app = Peers(str(tmp_path)), web.Application()
        running = peers.running(app)
        await anext(running)
        (own,) = tmp_path.iterdir()
        own.rename(tmp_path / "0.sock")  # As if it were another's.
        (told,) = await peers.metrics()
        assert isinstance(told, list)
        (tmp_path / "0.sock").rename(own)
        with pytest.raises(StopAsyncIteration):
            await anext(running)
        assert list(tmp_path.iterdir()) == []

    asyncio.run(test())
