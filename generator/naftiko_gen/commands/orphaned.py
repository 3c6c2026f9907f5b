"""What ``check`` and ``build --prune`` say of packages that no spec gives."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from .. import orphans
from ..errors import OutputError
from ..pipeline import Job
from .output import Outcome, Printer


def orphaned(
    output: Path, names: Collection[str], printer: Printer, *, prune: bool
) -> None:
    """Report or remove every package in ``output`` that has none of ``names``."""
    for folder in orphans.find(output, names):
        job = Job(str(folder), folder.name)
        try:
            printer.add(_removed(job, folder) if prune else _told(job, folder, printer))
        except OutputError as error:
            printer.add(Outcome(job, "failed", problem=str(error)))


def _removed(job: Job, folder: Path) -> Outcome:
    if edited := orphans.prune(folder):
        listed = ", ".join(str(folder / path) for path in edited)
        return Outcome(job, "failed", problem=f"edited, so not removed: {listed}")
    line = f"{folder}: removed, since no spec gives it"
    return Outcome(job, "removed", line, output=folder)


def _told(job: Job, folder: Path, printer: Printer) -> Outcome:
    orphans.findings(folder, printer.report_for(job))
    return Outcome(job, "drift", "", ("no spec gives it",), output=folder)
