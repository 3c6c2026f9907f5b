"""Closed-loop load on a server: wrk when it is installed, else `closed_loop`.

Both run in a process of their own, keep a fixed number of connections busy and print
one line of JSON. A closed loop waits for each answer (coordinated omission): its p99 is
too kind at saturation, and only throughput and CPU are judged here.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.processes import Server


@dataclass(frozen=True, slots=True)
class Post:
    """The one request that is repeated."""

    path: str
    body: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Load:
    """What one slice of load came to; latencies in ms, CPU of the server in s."""

    requests: int
    seconds: float
    failed: int
    p50: float
    p99: float
    cpu: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of the server's CPU for one request."""
        return self.cpu / self.requests * 1e6


def generator() -> str:
    """The name of the load generator in use."""
    return "wrk" if shutil.which("wrk") else "closed_loop.py"


def run(server: Server, post: Post, connections: int, seconds: int) -> Load:
    """Load the server for whole seconds (wrk takes no others); RuntimeError if any request failed."""
    url = server.url + post.path
    if generator() == "wrk":
        script = str(Path(__file__).with_name("post.lua"))
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script]
    else:
        command = [sys.executable, "-m", "benchmarks.closed_loop"]
        command += ["--connections", str(connections), "--seconds", str(seconds)]
    headers = "\n".join(f"{name}: {value}" for name, value in post.headers.items())
    environment = {"BENCH_BODY": post.body, "BENCH_HEADERS": headers}
    before = server.cpu()
    result = subprocess.run(
        [*command, url],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    cpu = server.cpu() - before
    load = Load(**json.loads(result.stdout.splitlines()[-1]), cpu=cpu)
    if load.failed or not load.requests:
        raise RuntimeError(f"{server.name}: {load.failed} requests failed")
    return load
