"""A Redis server of its own for a test; skips, and says why, where none is installed."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NotYet

PASSWORD = "redis-pass-60218"
LIMIT = 30.0


@dataclass(frozen=True, slots=True)
class RedisServer:
    """A running server, whose URL holds a password."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        """End it at once, as a crash does."""
        self.process.kill()
        self.process.wait(LIMIT)


@contextlib.contextmanager
def redis_server() -> Iterator[RedisServer]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install it)")
    with TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = {
            "--bind": "127.0.0.1",
            "--port": str(port),
            "--dir": folder,
            "--save": "",
            "--requirepass": PASSWORD,
            "--logfile": str(Path(folder, "log")),
        }
        command = [program, *(word for pair in options.items() for word in pair)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        server = RedisServer(process, port)
        try:
            _wait(server)
            yield server
        finally:
            server.stop()


def _wait(server: RedisServer) -> None:
    end = time.monotonic() + LIMIT
    with Redis.from_url(server.url) as client:
        while True:
            try:
                client.ping()
                return
            except NotYet:
                assert server.process.poll() is None, "redis-server has ended"
                assert time.monotonic() < end, "redis-server does not answer"
                time.sleep(0.02)
