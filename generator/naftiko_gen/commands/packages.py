"""What a run makes of one package, and what it says of that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..pipeline import Job, Package, Stages, count
from .compared import compared
from .output import Outcome


def of_package(job: Job, status: str, folder: Path, package: Package) -> Outcome:
    """The outcome of a package that stands, or would stand, in ``folder``."""
    return Outcome(job, status, sizes=package.sizes, output=folder)


def write(job: Job, folder: Path, package: Package, stages: Stages) -> Outcome:
    """Write what differs. Raises OutputError when that cannot be done."""
    from .. import tree

    with stages("write"):
        package, todo = compared(job, folder, package)
        tree.apply(folder, package.files, package.lock, todo)
    found = of_package(job, "unchanged", folder, package)
    if todo.none:
        return replace(found, line=f"{job.name}: nothing changed")
    written = len(todo.added) + len(todo.changed)
    removed = f", {len(todo.removed)} removed" if todo.removed else ""
    line = (
        f"{job.name}: {count(written, 'file')} written to {folder}{removed}"
        f" ({package.counts})"
    )
    return replace(
        found,
        status="written",
        line=line,
        reasons=todo.reasons,
        applied=package.applied,
        skipped=package.capability.skipped,
    )
