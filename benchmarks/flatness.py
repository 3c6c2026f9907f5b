"""The cost of an operation in files of 10, 100 and 1,000 of them, in CPU time.

`python -m benchmarks.flatness`. All commands run in this process, so that only the work on
the file counts; a small file goes first, so that everything is imported. Nothing is
remembered between runs.
"""

import argparse
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.capabilities import capability, write
from benchmarks.pairs import Bar, table

#: By title: the arguments of the command, for a file of so many operations.
COMMANDS = {
    "build": ("build", "s{}.yaml"),
    "build, unchanged": ("build", "s{}.yaml"),
    "check": ("check", "s{}.yaml"),
    "validate": ("validate", "s{}.yaml"),
    "validate, as many errors": ("validate", "e{}.yaml"),
    "build --skip-invalid of these": ("build", "e{}.yaml", "--skip-invalid"),
    "lint --all": ("lint", "s{}.yaml", "--all"),
    "normalize": ("normalize", "s{}.yaml"),
    "changes": ("changes", "s{}.yaml", "o{}.yaml"),
    "diff after one change": ("diff", "c{}.yaml", "--name", "s{}"),
}
_START = "import {0}.rest, {0}.mcp_server, {0}.commands"


def spent(arguments: Sequence[str]) -> float:
    """CPU seconds of one run of the command line; RuntimeError for a fault of ours."""
    from naftiko_gen.cli import run

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        before = time.process_time()
        status = run(arguments)
        after = time.process_time()
    if status not in (0, 1, 2):
        raise RuntimeError(f"{arguments} ended with {status}: {said.getvalue()[-500:]}")
    return after - before


def prepare(folder: Path, operations: int) -> None:
    """A sound file, one with as many errors, one with another text, and another one."""
    sound = capability(1, operations)
    write(folder / f"s{operations}.yaml", sound)
    sound["capability"]["exposes"][1]["tools"][operations // 2]["description"] = "New."
    write(folder / f"c{operations}.yaml", sound)
    write(folder / f"e{operations}.yaml", capability(1, operations, operations))
    write(folder / f"o{operations}.yaml", capability(2, operations))


def imported(folder: Path, package: str) -> float:
    """CPU seconds that the modules of an emitted package take to import, beyond the libraries'."""
    command = [sys.executable, "-X", "importtime", "-c", _START.format(package)]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    for _ in range(2):  # The first one compiles.
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        done.check_returncode()
    own = rf"^import time: +(\d+) \| +\d+ \| +{package}\b"
    return sum(map(int, re.findall(own, done.stderr, re.M))) / 1e6


def measure(folder: Path, sizes: Sequence[int]) -> list[Bar]:
    """For each command, what an operation costs in each size, and the last against the one before."""
    for size in sizes:
        prepare(folder, size)
    spent(["build", f"s{sizes[0]}.yaml", "-o", "warm"])
    bars: list[Bar] = []
    for title, command in COMMANDS.items():
        costs: list[float] = []
        for size in sizes:
            arguments = [part.format(size) for part in command]
            costs.append(spent(arguments) / size * 1e3)
            bars.append(Bar(f"{title}, {size:,}", costs[-1], unit="ms an operation"))
        if title == "build, unchanged":
            continue
        bars.append(Bar("  growth of the last", costs[-1] / costs[-2], at_most=1.3))
    for size in sizes:
        seconds = imported(folder / "generated" / f"s{size}", f"s{size}_capability")
        each = seconds / size * 1e3
        bars.append(Bar(f"emitted, import, {size:,}", each, unit="ms an operation"))
    return bars


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 100, 1000])
    sizes = parser.parse_args().sizes
    os.environ["NAFTIKO_GEN_CACHE_DIR"] = ""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        print(table("What an operation costs in larger files", measure(Path(), sizes)))
        os.chdir("/")


if __name__ == "__main__":
    main()
