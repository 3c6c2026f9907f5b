"""Run every benchmark, one after the other: `python -m benchmarks [NAME ...]`."""

import argparse
import subprocess
import sys

from benchmarks import environment

NAMES = (
    "start",
    "generation",
    "many",
    "flatness",
    "mappings",
    "flows",
    "signing",
    "rest",
    "pool",
    "mcp",
)


def main() -> int:
    """Install the peers, run the benchmarks; 1 if one of them could not run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    names = parser.parse_args().names or NAMES
    if unknown := set(names) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    environment.create()
    failed = False
    for name in names:
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        failed |= subprocess.run(command, cwd=environment.ROOT).returncode != 0
        print(flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
