"""Flows: two calls and a lookup against the same by hand, and lookups of growing size.

`python -m benchmarks.flows`. The emitted server and its hand-written twin make the same two
upstream calls at once for each request, look 50 of 100 rows up and answer the same document.
"""

import argparse
import contextlib
import importlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from benchmarks import load
from benchmarks.calls import exchange
from benchmarks.load import Load, Post
from benchmarks.pairs import Bar, interleave, orders, ratio, table
from benchmarks.processes import Server, free_port, serve
from naftiko_gen.cli import run

OURS, HAND = "compiled", "hand-written"
PACKAGE = "fleet_capability"
REQUEST = Post("/ships/1/overview", "", {})
SIZES = (10_000, 20_000, 40_000)


def capability() -> dict[str, Any]:
    """One route: a ship, all sailors, and those of the ship among them."""

    def operation(name: str, path: str) -> dict[str, Any]:
        called = {"name": name, "method": "GET"}
        return {"name": name, "path": path, "operations": [called]}

    lookup = {
        "type": "lookup",
        "name": "found",
        "index": "crew",
        "match": "id",
        "lookupValue": "$.ship.crewIds",
        "outputParameters": ["name", "rank"],
    }
    overview = {
        "method": "POST",
        "name": "overview",
        "steps": [
            {"type": "call", "name": "ship", "call": "registry.ship"},
            {"type": "call", "name": "crew", "call": "registry.crew"},
            lookup,
        ],
        "mappings": [
            {"targetName": "vessel", "value": "$.ship.name"},
            {"targetName": "crew", "value": "$.found"},
        ],
    }
    return {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": "Fleet", "description": "A ship and its crew."},
        "capability": {
            "consumes": [
                {
                    "type": "http",
                    "namespace": "registry",
                    "baseUri": "https://registry.example",
                    "resources": [
                        operation("ship", "/ships/{imo}"),
                        operation("crew", "/crew"),
                    ],
                }
            ],
            "exposes": [
                {
                    "type": "rest",
                    "namespace": "api",
                    "port": 8080,
                    "resources": [
                        {"path": "/ships/{imo}/overview", "operations": [overview]}
                    ],
                }
            ],
        },
    }


def built(work: Path) -> Path:
    """The folder of the package that the generator makes."""
    spec = work / "fleet.yaml"
    spec.write_text(yaml.safe_dump(capability(), sort_keys=False))
    if run(["build", "-q", str(spec), "-o", str(work / "out")]):
        raise RuntimeError("the capability of the benchmark cannot be built")
    return work / "out" / "fleet"


@contextlib.contextmanager
def upstream() -> Iterator[Server]:
    """The upstream of both."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.peers.fleet", "--port", str(port)]
    with serve("upstream", command, port, {}) as server:
        yield server


@contextlib.contextmanager
def variant(name: str, target: Server, package: Path) -> Iterator[Server]:
    """One of the two servers, warm, after one good answer."""
    port = free_port()
    if name == OURS:
        command = [sys.executable, "-m", PACKAGE, "serve", "--port", f"api={port}"]
        cwd, environment = package, {"REGISTRY_BASE_URI": target.url}
    else:
        command = [sys.executable, "-m", "benchmarks.peers.flow_aiohttp"]
        cwd = Path(__file__).resolve().parent.parent
        environment = {"PEER_UPSTREAM": target.url, "PEER_PORT": str(port)}
    with serve(name, command, port, environment, cwd) as server:
        answer = json.loads(exchange(server, "POST", REQUEST.path, REQUEST))
        if answer["vessel"] != "Titan" or len(answer["crew"]) != 50:
            raise RuntimeError(f"{name}: a wrong answer {str(answer)[:200]}")
        load.run(server, REQUEST, 16, 1)
        yield server


def calls(options: argparse.Namespace, package: Path) -> list[Bar]:
    """CPU of one request, both variants in new processes every round."""
    samples: dict[str, list[Load]] = {OURS: [], HAND: []}
    for order in orders((OURS, HAND), options.rounds):
        with contextlib.ExitStack() as stack:
            target = stack.enter_context(upstream())
            slices = {
                name: partial(
                    load.run,
                    stack.enter_context(variant(name, target, package)),
                    REQUEST,
                    16,
                    options.seconds,
                )
                for name in order
            }
            for name, found in interleave(slices, options.slices).items():
                samples[name] += found
    costs = {name: [one.cost for one in found] for name, found in samples.items()}
    bars = [
        Bar(
            f"CPU a request, {OURS} / {HAND}",
            ratio(costs[OURS], costs[HAND]),
            at_most=1.2,
        )
    ]
    return bars + [
        Bar(f"CPU a request, {name}", sorted(found)[len(found) // 2], unit="us")
        for name, found in costs.items()
    ]


def lookups(package: Path, rounds: int) -> list[Bar]:
    """Seconds to look as many values up as the table has rows, doubled and doubled again."""
    sys.path.insert(0, str(package))
    module = importlib.import_module(f"{PACKAGE}.lookups")

    def once(size: int) -> float:
        rows = [{"id": n, "name": f"Sailor {n}"} for n in range(size)]
        values = [str(n) for n in reversed(range(size))]
        started = time.process_time()
        found = module.look_up(module.index_of(rows, "id"), values, "name")
        spent = time.process_time() - started
        if len(found) != size:
            raise RuntimeError("not every row was found")
        return spent

    variants: dict[str, Callable[[], float]] = {
        str(size): partial(once, size) for size in SIZES
    }
    samples = interleave(variants, rounds)
    bars = [
        Bar(
            f"lookup, {2 * size:,} / {size:,} rows and values",
            ratio(samples[str(2 * size)], samples[str(size)]),
            at_most=2.6,
        )
        for size in SIZES[:-1]
    ]
    small = sorted(samples[str(SIZES[0])])
    name = f"lookup of {SIZES[0]:,} values in {SIZES[0]:,} rows"
    return [*bars, Bar(name, small[len(small) // 2] * 1e3, unit="ms")]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--slices", type=int, default=3, help="of load in each round")
    parser.add_argument("--seconds", type=int, default=1, help="of each slice")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = built(Path(folder))
        bars = calls(options, package) + lookups(package, 3 * options.rounds)
    print(table("Two calls and a lookup, and lookups of growing size", bars))


if __name__ == "__main__":
    main()
