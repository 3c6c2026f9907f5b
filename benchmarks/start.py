"""Start: how long until the first answer. `python -m benchmarks.start`.

From the spawn of the process to the first byte of a real answer: for REST a signed call
to the loopback upstream, for stdio the answer to a client's first message, which is
written to the pipe at once. Byte code is warm; nothing else is.
"""

import argparse
import contextlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.calls import REST_POST, STDIO_FIRST
from benchmarks.environment import (
    GENERATED,
    MCP,
    PEER_PYTHON,
    REST,
    ROOT,
    generated_environment,
    peer_environment,
)
from benchmarks.pairs import Bar, interleave, table
from benchmarks.processes import Server, free_port, spawn, upstream

LIMIT = 30.0


def rest_start(
    command: Sequence[str], port: int, cwd: Path, environment: Mapping[str, str]
) -> float:
    """Seconds until a signed call is answered; asks again until it is."""
    started = time.perf_counter()
    with spawn(command, cwd, environment) as (process, log):
        while time.perf_counter() - started < LIMIT:
            if process.poll() is not None:
                raise RuntimeError(log.read_text(errors="replace")[-2000:])
            with contextlib.suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                headers = dict(REST_POST.headers)
                connection.request("POST", REST_POST.path, REST_POST.body, headers)
                answer = connection.getresponse()
                content = answer.read()
                connection.close()
                if answer.status == 200:
                    return time.perf_counter() - started
                raise RuntimeError(f"{answer.status} {content[:300]!r}")
            time.sleep(0.002)
    raise RuntimeError(f"no answer in {LIMIT} s: {command}")


def stdio_start(
    first: str, command: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> float:
    """Seconds until the first line of stdout, which must be a result."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(first.encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        seconds = time.perf_counter() - started
        if "result" not in json.loads(line or b"{}"):
            raise RuntimeError(f"first line of {command}: {line!r}")
        return seconds
    finally:
        process.kill()
        process.communicate()


def variants(
    options: argparse.Namespace, target: Server
) -> dict[str, Callable[[], float]]:
    """What is started, by the name under which it is reported."""
    found: dict[str, Callable[[], float]] = {}
    if options.generated.is_dir():
        program = [options.python, "-m", "kraken_capability"]
        environment = generated_environment(target.url)
        rest, mcp = free_port(), free_port()
        ports = ["--port", f"{REST}={rest}"]
        alone = [*program, "serve", "--only", REST, *ports]
        both = [*program, "serve", *ports, "--port", f"{MCP}={mcp}"]
        run = partial(rest_start, port=rest, cwd=options.generated)
        found["REST alone"] = partial(run, alone, environment=environment)
        found["REST beside MCP"] = partial(run, both, environment=environment)
        for era, first in STDIO_FIRST.items():
            found[f"stdio, {era}"] = partial(
                stdio_start, first, [*program, "stdio"], options.generated, environment
            )
    port = free_port()
    environment = peer_environment(target.url, port)
    for name in ("best", "naive"):
        command = [options.python, "-m", f"benchmarks.peers.{name}_aiohttp"]
        found[f"{name} aiohttp"] = partial(rest_start, command, port, ROOT, environment)
    environment = {**environment, "PEER_TRANSPORT": "stdio"}
    command = [options.peer_python, "-m", "benchmarks.peers.fastmcp_server"]
    for era, first in STDIO_FIRST.items():
        found[f"FastMCP stdio, {era}"] = partial(
            stdio_start, first, command, ROOT, environment
        )
    return found


def limit(name: str) -> float | None:
    """The bar in seconds; peers have none."""
    if name.startswith("REST"):
        return 0.5
    return 0.8 if name.startswith("stdio") else None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--peer-python", default=str(PEER_PYTHON))
    parser.add_argument("--generated", type=Path, default=GENERATED)
    options = parser.parse_args()
    if not options.generated.is_dir():
        print(f"{options.generated} does not exist: peers only", file=sys.stderr)
    with upstream(options.python) as target:
        todo = variants(options, target)
        for warm_up in todo.values():
            warm_up()
        samples = interleave(todo, options.rounds)
    bars = [
        Bar(name, statistics.median(found), unit="s", at_most=limit(name))
        for name, found in samples.items()
    ]
    print(table("Start to first answer, median", bars))


if __name__ == "__main__":
    main()
