"""Many specs in one run: how long it takes, where the time goes, and how much memory.

`python -m benchmarks.many [FOLDER]`. Without a folder of your own, copies of this
repository's specs are built. Cold means no output and nothing remembered; unchanged means
the same run once more. Shares are of the time that all processes spent on specs.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.pairs import Bar, table

# The stages of a build as `--profile` prints them, and what they are to a reader.
STAGES = {
    "read": "YAML",
    "overlay": "profiles and overlays",
    "version": "versions",
    "dialect": "dialect rules",
    "schema": "JSON Schema",
    "import": "imports",
    "lower": "lowering",
    "plan": "views and contracts",
    "render": "templates",
    "verify": "compiling, checks",
    "black": "black",
    "write": "writing",
    "compare": "comparing",
}
_STAGE = re.compile(r"^(\w+) +([\d.]+) ms$", re.M)


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: wall clock and CPU in seconds, stages in milliseconds."""

    wall: float
    cpu: float
    stages: Mapping[str, float]


def build(folder: Path, work: Path, jobs: int) -> Sample:
    """One run as a process; RuntimeError when it fails for another reason than refusals."""
    command = [sys.executable, "-m", "naftiko_gen", "build", str(folder)]
    command += ["--output", str(work / "out"), "--jobs", str(jobs), "--profile"]
    command += ["--report", str(work / "report.json")]
    environment = {**os.environ, "NAFTIKO_GEN_CACHE_DIR": str(work / "cache")}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command, cwd=work, env=environment, capture_output=True, text=True
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-2000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    stages = {name: float(spent) for name, spent in _STAGE.findall(done.stderr)}
    return Sample(wall, cpu, stages)


def copies(folder: Path, number: int) -> None:
    """So many copies of the repository's specs, in folders beside each other."""
    for copy in range(number):
        shutil.copytree(ROOT / "specs", folder / f"{copy:03}")


def rounds(folder: Path, number: int, jobs: int) -> list[tuple[Sample, Sample]]:
    """A cold run and an unchanged one, again and again; the last report stays in `folder`."""
    found: list[tuple[Sample, Sample]] = []
    for _ in range(number):
        with tempfile.TemporaryDirectory() as work:
            cold = build(folder, Path(work), jobs)
            found.append((cold, build(folder, Path(work), jobs)))
            report = json.loads((Path(work) / "report.json").read_text())
    print(f"{report['summary']}, {jobs} processes")
    return found


def bars(found: Sequence[tuple[Sample, Sample]]) -> list[Bar]:
    """The best of all rounds: neighbours make runs slower, never quicker."""
    cold = min((pair[0] for pair in found), key=lambda sample: sample.wall)
    unchanged = min((pair[1] for pair in found), key=lambda sample: sample.wall)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    spent = sum(cold.stages[stage] for stage in STAGES if stage in cold.stages)
    shares = [
        Bar(f"  {words}", 100 * cold.stages[stage] / spent, unit="%")
        for stage, words in STAGES.items()
        if stage in cold.stages
    ]
    return [
        Bar("cold, wall clock", cold.wall, unit="s", at_most=60),
        Bar("cold, CPU", cold.cpu, unit="s"),
        *shares,
        Bar("unchanged, wall clock", unchanged.wall, unit="s", at_most=5),
        Bar("peak memory of a process", peak, unit="MB", at_most=400),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--copies", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder
        if folder is None:
            folder = Path(made)
            copies(folder, options.copies)
        found = rounds(folder.resolve(), options.rounds, options.jobs)
    print(table("Many specs in one run", bars(found)))


if __name__ == "__main__":
    main()
