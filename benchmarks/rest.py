"""REST: the generated server against hand-written ones. `python -m benchmarks.rest`."""

import argparse
import contextlib
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import load
from benchmarks.calls import REST_POST, UPSTREAM_POST, check_rest
from benchmarks.environment import (
    GENERATED,
    NONCE_WINDOW,
    REST,
    generated_environment,
    peer_environment,
)
from benchmarks.pairs import Bar, interleave, orders, ratio, table
from benchmarks.processes import Server, free_port, serve, upstream

GENERATED_NAME = "generated"
PEERS = {"best": "best_aiohttp", "naive": "naive_aiohttp"}
DELAY = 0.020
Samples = dict[tuple[str, int], list[load.Load]]


@contextlib.contextmanager
def generated(
    options: argparse.Namespace, target: Server, nonces: dict[str, str]
) -> Iterator[Server]:
    """The generated package's REST adapter."""
    port = free_port()
    command = [options.python, "-m", "kraken_capability", "serve", "--only", REST]
    command += ["--port", f"{REST}={port}"]
    environment = {**generated_environment(target.url), **nonces}
    with serve(GENERATED_NAME, command, port, environment, options.generated) as server:
        yield server


@contextlib.contextmanager
def peer(options: argparse.Namespace, target: Server, name: str) -> Iterator[Server]:
    """A hand-written server, on the interpreter and libraries of the generated one."""
    port = free_port()
    command = [options.python, "-m", f"benchmarks.peers.{PEERS[name]}"]
    with serve(name, command, port, peer_environment(target.url, port)) as server:
        yield server


def start(
    stack: contextlib.ExitStack,
    options: argparse.Namespace,
    target: Server,
    name: str,
) -> Server:
    """Start one variant, check its signature, warm it up."""
    if name == GENERATED_NAME:
        server = stack.enter_context(generated(options, target, NONCE_WINDOW))
    else:
        # "best again" is the control: another process of the same code.
        server = stack.enter_context(peer(options, target, name.split()[0]))
    check_rest(server, target)
    load.run(server, REST_POST, 16, 1)
    return server


def window_mode(options: argparse.Namespace, names: list[str]) -> Samples:
    """Every variant under load, in new processes every round."""
    samples: Samples = defaultdict(list)
    for order in orders(names, options.rounds):
        with contextlib.ExitStack() as stack:
            target = stack.enter_context(upstream(options.python))
            servers = {name: start(stack, options, target, name) for name in order}
            for connections in options.connections:
                slices = {
                    name: partial(
                        load.run, server, REST_POST, connections, options.seconds
                    )
                    for name, server in servers.items()
                }
                for name, found in interleave(slices, options.slices).items():
                    samples[name, connections] += found
    return samples


def compare(samples: Samples, ours: str, theirs: str, connections: int) -> list[Bar]:
    """Throughput and CPU of one variant over another's."""
    a, b = samples[ours, connections], samples[theirs, connections]
    rate = ratio([x.rate for x in a], [x.rate for x in b])
    cost = ratio([x.cost for x in a], [x.cost for x in b])
    judged = ours == GENERATED_NAME
    least = {"best": 0.95, "naive": 1.8}[theirs] if judged else None
    most = 1.05 if judged and theirs == "best" else None
    pair = f"{ours} / {theirs}, {connections} connections"
    return [
        Bar(f"throughput, {pair}", rate, at_least=least),
        Bar(f"CPU a request, {pair}", cost, at_most=most),
    ]


def serial_mode(options: argparse.Namespace) -> list[Bar]:
    """The default mode: one signed call at a time for each key, so 1 / RTT."""
    with contextlib.ExitStack() as stack:
        target = stack.enter_context(upstream(options.python, DELAY))
        server = stack.enter_context(generated(options, target, {}))
        check_rest(server, target)
        values: dict[int, list[float]] = defaultdict(list)
        for _ in range(3):
            direct = load.run(target, UPSTREAM_POST, 1, 2)
            for connections in (1, 16):
                ours = load.run(server, REST_POST, connections, 2)
                values[connections].append(ours.rate / direct.rate)
    return [
        Bar(
            f"serial mode, {connections} connections, throughput x RTT",
            statistics.median(found),
            at_least=0.9,
            at_most=1.1,
        )
        for connections, found in values.items()
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--slices", type=int, default=3, help="of load in each round")
    parser.add_argument("--seconds", type=int, default=1, help="of each slice")
    parser.add_argument("--connections", type=int, nargs="+", default=[16, 64])
    parser.add_argument("--python", default=sys.executable, help="of all servers")
    parser.add_argument("--generated", type=Path, default=GENERATED)
    parser.add_argument("--control", action="store_true", help="best against itself")
    options = parser.parse_args()
    have = options.generated.is_dir()
    names = [GENERATED_NAME] * have + list(PEERS) + ["best again"] * options.control
    print(f"load by {load.generator()}, {options.rounds} rounds", file=sys.stderr)
    if not have:
        print(f"{options.generated} does not exist: peers only", file=sys.stderr)
    samples = window_mode(options, names)
    pairs = [(GENERATED_NAME, "best"), (GENERATED_NAME, "naive")] if have else []
    pairs += [("best", "naive")] + [("best again", "best")] * options.control
    bars = [
        bar
        for ours, theirs in pairs
        for connections in options.connections
        for bar in compare(samples, ours, theirs, connections)
    ]
    bars += [
        Bar(
            f"{name}, {connections} connections",
            statistics.median(sample.rate for sample in found),
            unit="/s",
        )
        for (name, connections), found in samples.items()
    ]
    if have:
        bars += serial_mode(options)
    print(table("REST, nonce-window mode unless it says serial", bars))


if __name__ == "__main__":
    main()
