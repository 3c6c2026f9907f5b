"""Generation: `naftiko-gen build` against openapi-python-client, whole processes.

`python -m benchmarks.generation`. The peer gets the OpenAPI document that was generated
from the same capability: the same twelve operations. Cold means an empty output folder
and an empty cache folder; unchanged means the same build once more.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.environment import GENERATED, PEER_ENVIRONMENT, SPEC
from benchmarks.pairs import Bar, interleave, ratio, table
from benchmarks.peers.kraken import OPERATIONS

COLD, UNCHANGED, PEER = "cold build", "unchanged build", "openapi-python-client"
FLOOR = "python -c pass"


def timed(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> float:
    """Seconds of wall clock of a whole process; RuntimeError if it fails."""
    started = time.perf_counter()
    result = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True
    )
    seconds = time.perf_counter() - started
    if result.returncode:
        output = (result.stdout + result.stderr).decode(errors="replace")
        raise RuntimeError(f"{command[0]} failed:\n{output[-2000:]}")
    return seconds


def emptied(folder: Path) -> Path:
    """The folder, with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def build_command(options: argparse.Namespace, output: Path) -> list[str]:
    """Our build, into a folder of its own."""
    command = [str(options.naftiko_gen), "build", str(options.spec)]
    return [*command, "--output", str(output)]


def cold_build(options: argparse.Namespace, work: Path) -> float:
    """A first build: no output, no cache."""
    output, cache = emptied(work / "cold"), emptied(work / "cold-cache")
    environment = {"NAFTIKO_GEN_CACHE_DIR": str(cache)}
    return timed(build_command(options, output), work, environment)


def unchanged_build(options: argparse.Namespace, work: Path) -> float:
    """A build that finds its output already there; `main` has built it once."""
    environment = {"NAFTIKO_GEN_CACHE_DIR": str(work / "warm-cache")}
    return timed(build_command(options, work / "warm"), work, environment)


def peer_build(options: argparse.Namespace, document: Path, work: Path) -> float:
    """The peer's first generation, with its defaults."""
    output = emptied(work / "peer") / "client"
    command = [str(options.peer), "generate", "--path", str(document)]
    command += ["--output-path", str(output)]
    path = f"{options.peer.parent}{os.pathsep}{os.environ['PATH']}"
    seconds = timed(command, work, {"PATH": path})
    count = len(list(output.rglob("api/**/*.py")))
    if count < len(OPERATIONS):
        raise RuntimeError(f"{PEER} wrote {count} operations")
    return seconds


def stand_in() -> dict[str, object]:
    """A plain OpenAPI document of the operations, for a tree without generated/."""
    fields = {"trades": {"type": "boolean"}, "userref": {"type": "integer"}}
    fields["type"] = fields["asset"] = {"type": "string"}
    body = {"type": "object", "properties": fields}
    answer = {"type": "object", "additionalProperties": True}
    paths = {
        operation.route: {
            "post": {
                "operationId": operation.tool,
                "requestBody": {"content": {"application/json": {"schema": body}}},
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {"application/json": {"schema": answer}},
                    }
                },
            }
        }
        for operation in OPERATIONS
    }
    info = {"title": "Kraken", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths}


def variants(options: argparse.Namespace, work: Path) -> dict[str, Callable[[], float]]:
    """What is run, by name."""
    document = options.generated / "openapi.json"
    if not document.is_file():
        print(f"{document} does not exist: a stand-in is used", file=sys.stderr)
        document = work / "openapi.json"
        document.write_text(json.dumps(stand_in()))
    floor = [sys.executable, "-c", "pass"]
    found: dict[str, Callable[[], float]] = {
        PEER: partial(peer_build, options, document, work),
        FLOOR: partial(timed, floor, work, {}),
    }
    if options.naftiko_gen.exists():
        emptied(work / "warm"), emptied(work / "warm-cache")
        unchanged_build(options, work)
        found[COLD] = partial(cold_build, options, work)
        found[UNCHANGED] = partial(unchanged_build, options, work)
    else:
        print(f"{options.naftiko_gen} does not exist: peer only", file=sys.stderr)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    bin_folder = Path(sys.executable).parent
    parser.add_argument("--naftiko-gen", type=Path, default=bin_folder / "naftiko-gen")
    peer = PEER_ENVIRONMENT / "bin" / "openapi-python-client"
    parser.add_argument("--peer", type=Path, default=peer)
    parser.add_argument("--spec", type=Path, default=SPEC)
    parser.add_argument("--generated", type=Path, default=GENERATED)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        todo = variants(options, Path(folder))
        for warm_up in todo.values():
            warm_up()
        samples = interleave(todo, options.rounds)
    bars = []
    for name, most in ((COLD, 0.6), (UNCHANGED, 0.25)):
        if name in samples:
            share = ratio(samples[name], samples[PEER])
            bars.append(Bar(f"{name} / {PEER}", share, at_most=most))
    bars += [
        Bar(name, statistics.median(found) * 1e3, unit="ms")
        for name, found in samples.items()
    ]
    print(table("Generation, whole process", bars))


if __name__ == "__main__":
    main()
