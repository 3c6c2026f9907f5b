"""A raw-protocol closed-loop load generator, for machines without wrk.

Takes the request from BENCH_BODY and BENCH_HEADERS as post.lua does, and prints the same
line of JSON. Slower than wrk: compare ratios made by one generator only.
"""

import argparse
import asyncio
import json
import os
import time
from typing import cast
from urllib.parse import urlsplit

from benchmarks.upstream import content_length


class Caller(asyncio.Protocol):
    """One connection: sends, waits for the whole answer, sends again."""

    def __init__(self, request: bytes, latencies: list[float]) -> None:
        self.request = request
        self.latencies = latencies
        self.failed = 0
        self.pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.send()

    def send(self) -> None:
        self.started = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.pending += data
        end = self.pending.find(b"\r\n\r\n")
        if end < 0 or len(self.pending) < end + 4 + content_length(self.pending[:end]):
            return
        self.latencies.append(time.perf_counter() - self.started)
        if not self.pending.startswith(b"HTTP/1.1 2"):
            self.failed += 1
        self.pending = b""
        self.send()

    def connection_lost(self, error: Exception | None) -> None:
        self.failed += error is not None


def request_bytes(url: str) -> bytes:
    """The request as it goes over the wire."""
    parts = urlsplit(url)
    body = os.environ["BENCH_BODY"].encode()
    lines = [f"POST {parts.path or '/'} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += os.environ["BENCH_HEADERS"].splitlines()
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


async def main() -> None:
    """Load the URL for the given time and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("url")
    options = parser.parse_args()
    parts = urlsplit(options.url)
    request, latencies = request_bytes(options.url), list[float]()
    loop, started = asyncio.get_running_loop(), time.perf_counter()
    callers = []
    for _ in range(options.connections):
        _, caller = await loop.create_connection(
            lambda: Caller(request, latencies), parts.hostname, parts.port
        )
        callers.append(caller)
    await asyncio.sleep(options.seconds)
    seconds, count = time.perf_counter() - started, len(latencies)
    ordered = sorted(latencies) or [0.0]
    report = {
        "requests": count,
        "seconds": seconds,
        "failed": sum(caller.failed for caller in callers),
        "p50": ordered[len(ordered) // 2] * 1e3,
        "p99": ordered[len(ordered) * 99 // 100] * 1e3,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:
        asyncio.run(main())
    else:
        uvloop.run(main())
