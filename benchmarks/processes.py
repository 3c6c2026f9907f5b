"""Start servers as processes of their own, and read what they cost."""

import contextlib
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import ROOT

START_LIMIT = 30.0


class NotStarted(Exception):
    """A server ended or stayed silent instead of listening."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server process on a loopback port."""

    name: str
    pid: int
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of CPU so far, over all threads, exact to the nanosecond.

        schedstat counts one thread and is exact; stat counts in ticks of 10 ms.
        """
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """Resident set in MiB."""
        fields = Path(f"/proc/{self.pid}/statm").read_text().split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listening(port: int) -> bool:
    """Whether something accepts connections on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def spawn(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A process with its output in a file, ended on leaving."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
            )
        try:
            yield process, log
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def serve(
    name: str,
    command: Sequence[str],
    port: int,
    environment: Mapping[str, str],
    cwd: Path = ROOT,
) -> Iterator[Server]:
    """A server that listens on `port`; raises NotStarted with its output."""
    with spawn(command, cwd, environment) as (process, log):
        limit = time.monotonic() + START_LIMIT
        while not listening(port):
            if process.poll() is not None or time.monotonic() > limit:
                output = log.read_text(errors="replace")[-2000:]
                raise NotStarted(f"{name} is not listening:\n{output}")
            time.sleep(0.02)
        yield Server(name, process.pid, port)


@contextlib.contextmanager
def upstream(python: str, delay: float = 0.0) -> Iterator[Server]:
    """The loopback upstream."""
    port = free_port()
    command = [python, "-m", "benchmarks.upstream"]
    command += ["--port", str(port), "--delay", str(delay)]
    with serve("upstream", command, port, {}) as server:
        yield server
