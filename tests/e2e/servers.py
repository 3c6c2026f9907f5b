"""The generated Kraken package as processes of their own, as an operator runs it.

Every process logs at DEBUG, and when it has ended, all that it wrote is searched for
credentials, signatures and nonces. So each test is a test of that as well.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from independent_upstream import make_secret

PROJECT = Path(__file__).resolve().parents[2] / "generated" / "kraken"
REST = "spot-rest-account-data-rest"
MCP = "spot-rest-account-data-mcp"
BASE_URI = "SPOT_REST_ACCOUNT_DATA_BASE_URI"
# Nothing is expected to take this long: it ends what would wait for ever.
LIMIT = 30.0

# Of the form and length of real ones, so that a leak looks like a leak.
KEY = make_secret(7)[:56]
SECRET = make_secret(8)
OTP = "otp-73915502"
CREDENTIALS = {"KRAKEN_API_KEY": KEY, "KRAKEN_API_SECRET": SECRET, "KRAKEN_OTP": OTP}

# 64 bytes in base64 (a signature, a secret), and nanoseconds since the epoch.
_SHAPES = (re.compile(r"[A-Za-z0-9+/]{86}=="), re.compile(r"(?<!\d)[12]\d{18}(?!\d)"))


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """An environment that holds nothing of ours but `extra`, and DEBUG."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "LOG_LEVEL": "DEBUG", "PYTHONPATH": str(PROJECT), **extra}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "kraken_capability", *arguments]


def leaks(text: str) -> list[str]:
    """What must not stand in any output, by kind and not by value."""
    known = {"key": KEY, "secret": SECRET, "otp": OTP}
    found = [name for name, value in known.items() if value in text]
    return found + [shape.pattern for shape in _SHAPES if shape.search(text)]


class Program:
    """One run of the package's command, with all that it writes."""

    def __init__(self, *arguments: str, environ: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command(*arguments),
            env=environment(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._output: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._news = threading.Condition()
        self._readers = [
            threading.Thread(target=self._read, args=(name, stream), daemon=True)
            for name, stream in (
                ("stdout", self._process.stdout),
                ("stderr", self._process.stderr),
            )
        ]
        for reader in self._readers:
            reader.start()

    @property
    def stdout(self) -> str:
        return "".join(self._output["stdout"])

    @property
    def stderr(self) -> str:
        return "".join(self._output["stderr"])

    def write(self, line: str) -> None:
        """Write a line to stdin."""
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def wait_for(self, pattern: str, stream: str = "stderr") -> re.Match[str]:
        """The first match in what has been or will be written."""
        lines = self._output[stream]

        def found() -> re.Match[str] | None:
            return re.search(pattern, "".join(lines))

        with self._news:
            self._news.wait_for(lambda: found() or self._ended(), LIMIT)
            match = found()
        assert match is not None, f"no {pattern!r} in {self.stdout}\n{self.stderr}"
        return match

    def terminate(self) -> None:
        """Send SIGTERM."""
        self._process.send_signal(signal.SIGTERM)

    def status(self) -> int:
        """Wait for the end, check what was written, and give the exit status."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            status = self._process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        for reader in self._readers:
            reader.join(LIMIT)
        assert leaks(self.stdout + self.stderr) == []
        return status

    def kill(self) -> None:
        """End it, if it has not ended."""
        self._process.kill()
        self._process.wait(LIMIT)

    def _read(self, name: str, stream: IO[bytes] | None) -> None:
        assert stream is not None
        with stream:
            for line in stream:
                with self._news:
                    self._output[name].append(line.decode())
                    self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def _ended(self) -> bool:
        return self._process.poll() is not None


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the URLs of its adapters ("" when not served)."""

    program: Program
    rest: str
    mcp: str


@contextlib.contextmanager
def serve(
    *arguments: str,
    environ: Mapping[str, str],
    adapters: Sequence[str] = (REST, MCP),
) -> Iterator[Server]:
    """Serve on free ports; at the end SIGTERM has to end it with status 0.

    A test that ends the server itself may do so, as long as the status is 0.
    """
    chosen = [part for name in adapters for part in ("--only", name)]
    ports = [part for name in adapters for part in ("--port", f"{name}=0")]
    program = Program("serve", *chosen, *ports, *arguments, environ=environ)
    try:
        urls = {
            name: program.wait_for(rf"(?m)^{name}: (http://[\d.]+:\d+)")[1]
            for name in adapters
        }
        yield Server(program, urls.get(REST, ""), urls.get(MCP, ""))
        program.terminate()
        assert program.status() == 0, program.stderr
        assert program.stdout == ""
    finally:
        program.kill()


def run_command(*arguments: str, environ: Mapping[str, str] | None = None) -> Program:
    """A command that ends by itself; `status()` has its exit status."""
    program = Program(*arguments, environ={} if environ is None else environ)
    try:
        program.status()
    finally:
        program.kill()
    return program
