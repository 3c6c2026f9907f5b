"""Many specs in one run: how long it takes, where the time goes, and how much memory.

`python -m benchmarks.many [FOLDER]`. Without a folder of your own, this repository's specs
and made-up capabilities are built. Cold means no output and nothing remembered; unchanged
means the same run once more. Shares are of the time that all processes spent on specs.

The peer is black on every module that a template made, as generators do whose output has no
shape of its own; it formats those of some packages, and its time is scaled to all of them.
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

from benchmarks.capabilities import folder_of
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


def own(folder: Path, number: int) -> None:
    """The repository's specs, and as many made-up ones as there are to be."""
    shutil.copytree(ROOT / "specs", folder / "specs")
    folder_of(folder, number)


def formatted(output: Path, sample: int) -> float:
    """CPU seconds of black for the modules that templates made of all packages in `output`."""
    import black

    static = {path.read_bytes() for path in (ROOT / "templates").rglob("*.py")}
    packages = sorted(path for path in output.iterdir() if path.is_dir())
    some = packages[:: max(1, len(packages) // sample)]
    texts = [
        path.read_bytes()
        for package in some
        for path in sorted(package.rglob("*.py"))
        if path.read_bytes() not in static
    ]
    black.format_str("x = 1\n", mode=black.Mode())
    before = time.process_time()
    for text in texts:
        black.format_str(text.decode(), mode=black.Mode())
    return (time.process_time() - before) / len(some) * len(packages)


def rounds(
    folder: Path, number: int, jobs: int, sample: int
) -> tuple[list[tuple[Sample, Sample]], float]:
    """A cold run and an unchanged one, again and again; and what the peer takes."""
    found: list[tuple[Sample, Sample]] = []
    peer = 0.0
    for _ in range(number):
        with tempfile.TemporaryDirectory() as work:
            cold = build(folder, Path(work), jobs)
            found.append((cold, build(folder, Path(work), jobs)))
            report = json.loads((Path(work) / "report.json").read_text())
            peer = peer or formatted(Path(work) / "out", sample)
    print(f"{report['summary']}, {jobs} processes")
    return found, peer


def bars(found: Sequence[tuple[Sample, Sample]], peer: float) -> list[Bar]:
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
        Bar("unchanged, CPU", unchanged.cpu, unit="s"),
        Bar("black on what templates made, CPU", peer, unit="s"),
        Bar("cold / black, CPU", cold.cpu / peer, at_most=0.5),
        Bar("peak memory of a process", peak, unit="MB", at_most=400),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--number", type=int, default=400)
    parser.add_argument("--sample", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder
        if folder is None:
            folder = Path(made)
            own(folder, options.number)
        every = (options.rounds, options.jobs, options.sample)
        found, peer = rounds(folder.resolve(), *every)
    print(table("Many specs in one run", bars(found, peer)))


if __name__ == "__main__":
    main()
