"""``changes``: what differs between two capabilities, for those who use the package."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

import click

from .. import pipeline
from ..changes import KINDS, Kind, compare
from ..changes.text import Changelog
from ..diagnostics import Report, Span
from ..errors import DRIFT, ERROR, OutputError
from ..options import chosen
from ..pipeline import Checked, Job, Stages
from .answers import answer, failure
from .git import git, line, succeeds
from .jobs import CONFIGURATION, single
from .output import Outcome, Printer

_GIT = "git:"
_FIRST = "0.1.0"


@dataclass(frozen=True, slots=True)
class Changes:
    """The options of ``changes``; a side is a file or ``git:REF:PATH``, None that of the project."""

    old: str | None
    new: str | None
    config: str | None
    form: str
    version: str | None
    fail_on: str | None
    chosen: Mapping[str, Any]

    def run(self) -> int:
        """Print the changes; DRIFT when there is one that is as grave as ``--fail-on`` says."""
        printer = Printer("text", True, False)
        if self.old is None or self.new is None:
            if self.old is not None:
                raise click.UsageError("Missing argument 'NEW'.")
            job = single(None, self.config, (), self.chosen, printer)
            if job is None:
                return printer.refuse(CONFIGURATION, self.form)
            old = f"{_GIT}HEAD:{job.spec}"
        else:
            # One name for both: that a file was renamed is no change of what it says.
            name = pipeline.default_name(self.new)
            job = Job(self.new, name, (), chosen(self.chosen))
            old = self.old
        found = changelog(old, job, self.version, printer)
        if found is None:
            if self.form == "json":
                failure(ERROR, None, printer.reports.values())
            return ERROR
        if self.form == "json":
            answer(found.document())
        else:
            texts = {"text": found.text, "markdown": found.markdown}
            click.echo(texts[self.form](), nl=False)
        if self.fail_on is None:
            return 0
        grave = KINDS[: KINDS.index(Kind(self.fail_on)) + 1]
        return DRIFT if any(change.kind in grave for change in found.changes) else 0


def changelog(
    old: str, job: Job, version: str | None, printer: Printer
) -> Changelog | None:
    """What changed from ``old`` to the spec of ``job``; None when one of them is wrong.

    A side is a file or ``git:REF:PATH``. What is wrong is told by ``printer``.
    """
    before, after = _side(replace(job, spec=old), printer), _side(job, printer)
    if before is None or after is None:
        return None
    (first, was), (second, now) = before, after
    changes = [
        replace(
            change,
            span=now.span(change.span),
            before=change.before and was.span(change.before),
        )
        for change in compare(first, second)
    ]
    known = version or first.capability.version or _FIRST
    return Changelog(old, job.spec, known, changes)


def _side(job: Job, printer: Printer) -> tuple[Checked, _Shown] | None:
    with _file(job.spec) as (path, shown):
        report = Report()
        checked = pipeline.check(replace(job, spec=path), report, Stages())
        if checked is not None and report.ok:
            return checked, shown
        printer.reports[job] = shown.report(report)
        printer.add(Outcome(job, "failed"))
        return None


@dataclass(frozen=True, slots=True)
class _Shown:
    """How files of git are called for people: they are checked out for a moment only."""

    folder: str = ""
    prefix: str = ""

    def name(self, file: str) -> str:
        """The name to show for the path of a file."""
        if not self.folder or not file.startswith(self.folder):
            return file
        return self.prefix + os.path.relpath(file, self.folder)

    def span(self, span: Span) -> Span:
        """The same place under the name of its file."""
        return replace(span, file=self.name(span.file))

    def report(self, report: Report) -> Report:
        """The same findings under the names of their files."""
        found = Report()
        found.texts = {self.name(file): text for file, text in report.texts.items()}
        for d in report.diagnostics:
            found.add(d.code, d.message, self.span(d.span), d.hint, d.weight)
        return found


@contextmanager
def _file(side: str) -> Iterator[tuple[str, _Shown]]:
    """The path of a side, and how it is called.

    What git has is written to a folder of its own, with what is beside it: overlays, imports.
    """
    if not side.startswith(_GIT):
        yield side, _Shown()
        return
    reference, _, path = side.removeprefix(_GIT).partition(":")
    if not reference or not path or reference.startswith("-"):
        raise click.UsageError(f"{side!r} is not git:REF:PATH")
    top = os.path.realpath(line("rev-parse", "--show-toplevel"))
    inside = os.path.relpath(os.path.realpath(path), top)
    if inside.startswith(os.pardir):
        raise click.UsageError(f"{path} is not in this repository")
    if not succeeds("rev-parse", "--verify", "--quiet", f"{reference}^{{tree}}"):
        raise OutputError(f"git has no {reference!r}, as in {side}")
    archive = git("archive", "--format=tar", reference, cwd=top)
    with TemporaryDirectory(prefix="naftiko-gen-") as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        shown = _Shown(folder, f"{_GIT}{reference}:")
        yield os.path.join(folder, inside), shown
