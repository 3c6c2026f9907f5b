"""MCP: the generated server against FastMCP with the same tools.

`python -m benchmarks.mcp`. Both make the same signed call to the same upstream, both are
stateless and answer JSON. Memory is read after the same load in the same round.
"""

import argparse
import contextlib
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import load
from benchmarks.calls import MCP_POSTS, check_tool
from benchmarks.environment import (
    GENERATED,
    MCP,
    NONCE_WINDOW,
    PEER_PYTHON,
    generated_environment,
    peer_environment,
)
from benchmarks.pairs import Bar, interleave, orders, ratio, table
from benchmarks.processes import Server, free_port, serve, upstream

GENERATED_NAME = "generated"
FASTMCP = "FastMCP"
FASTMCP_HTTPX = "FastMCP with httpx2"
LEAST = {"2026-07-28": 3.0, "2025-11-25": 1.7}


@contextlib.contextmanager
def start(options: argparse.Namespace, target: Server, name: str) -> Iterator[Server]:
    """One variant, checked in both eras."""
    port = free_port()
    if name == GENERATED_NAME:
        command = [options.python, "-m", "kraken_capability", "serve", "--only", MCP]
        command += ["--port", f"{MCP}={port}"]
        environment = {**generated_environment(target.url), **NONCE_WINDOW}
        running = serve(name, command, port, environment, options.generated)
    else:
        command = [options.peer_python, "-m", "benchmarks.peers.fastmcp_server"]
        environment = peer_environment(target.url, port)
        environment["PEER_CLIENT"] = "httpx2" if name == FASTMCP_HTTPX else "aiohttp"
        running = serve(name, command, port, environment)
    with running as server:
        for era in MCP_POSTS:
            check_tool(server, target, era)
        yield server


@dataclass(slots=True)
class Samples:
    """Of each variant: load by era, memory in MiB before and after it."""

    loads: dict[tuple[str, str], list[load.Load]]
    memory: dict[str, dict[str, list[float]]]


def measure(options: argparse.Namespace, names: list[str]) -> Samples:
    """Every variant in both eras, in new processes every round."""
    loads: dict[tuple[str, str], list[load.Load]] = defaultdict(list)
    fresh: dict[str, list[float]] = defaultdict(list)
    loaded: dict[str, list[float]] = defaultdict(list)
    for order in orders(names, options.rounds):
        with contextlib.ExitStack() as stack:
            target = stack.enter_context(upstream(options.python))
            servers = {
                name: stack.enter_context(start(options, target, name))
                for name in order
            }
            for name in order:
                fresh[name].append(servers[name].memory())
            for era, post in MCP_POSTS.items():
                slices = {
                    name: partial(
                        load.run, server, post, options.connections, options.seconds
                    )
                    for name, server in servers.items()
                }
                for warm_up in slices.values():
                    warm_up()
                for name, found in interleave(slices, options.slices).items():
                    loads[name, era] += found
            for name in order:
                loaded[name].append(servers[name].memory())
    return Samples(loads, {"first calls": fresh, "load": loaded})


def compare(samples: Samples, other: str) -> list[Bar]:
    """The generated server over one peer."""
    bars = []
    for era, least in LEAST.items():
        ours, theirs = samples.loads[GENERATED_NAME, era], samples.loads[other, era]
        rate = ratio([x.rate for x in ours], [x.rate for x in theirs])
        cost = ratio([x.cost for x in ours], [x.cost for x in theirs])
        bars.append(Bar(f"throughput / {other}, {era}", rate, at_least=least))
        bars.append(Bar(f"CPU a call / {other}, {era}", cost))
    for what, found in samples.memory.items():
        share = ratio(found[GENERATED_NAME], found[other])
        bars.append(Bar(f"memory / {other}, after {what}", share, at_most=0.5))
    return bars


def absolutes(samples: Samples, name: str) -> list[Bar]:
    """One variant on its own, for information."""
    bars = []
    for era in LEAST:
        rates = [sample.rate for sample in samples.loads[name, era]]
        bars.append(Bar(f"{name}, {era}", statistics.median(rates), unit="/s"))
    for what, found in samples.memory.items():
        middle = statistics.median(found[name])
        bars.append(Bar(f"{name}, memory after {what}", middle, unit="MiB"))
    return bars


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slices", type=int, default=3, help="of load in each round")
    parser.add_argument("--seconds", type=int, default=1, help="of each slice")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--python", default=sys.executable, help="of the generated one")
    parser.add_argument("--peer-python", default=str(PEER_PYTHON))
    parser.add_argument("--generated", type=Path, default=GENERATED)
    options = parser.parse_args()
    have = options.generated.is_dir()
    names = [GENERATED_NAME] * have + [FASTMCP, FASTMCP_HTTPX]
    print(f"load by {load.generator()}, {options.rounds} rounds", file=sys.stderr)
    if not have:
        print(f"{options.generated} does not exist: peers only", file=sys.stderr)
    samples = measure(options, names)
    peers = [FASTMCP, FASTMCP_HTTPX]
    bars = [bar for peer in peers if have for bar in compare(samples, peer)]
    bars += [bar for name in names for bar in absolutes(samples, name)]
    print(table(f"MCP tools/call, {options.connections} connections", bars))


if __name__ == "__main__":
    main()
