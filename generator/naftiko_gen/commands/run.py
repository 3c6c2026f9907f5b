"""One run over some specs: the loop that all commands share, and each command's step."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import pipeline
from ..diagnostics import Report
from ..errors import OutputError
from ..pipeline import Job, Package, Stages, count
from ..project import Project
from ..project_file import FILE, load
from .jobs import named, select
from .output import Outcome, Printer

if TYPE_CHECKING:
    from ..overlay import Applied
    from ..tree import Changes

_Step = Callable[[Job], Outcome]

#: Stands for the configuration where the outcomes of specs are told.
_CONFIGURATION = Job(FILE, "")


@dataclass(slots=True)
class Run:
    """The options of one call of the program, and what it can do with them."""

    specs: tuple[str, ...]
    form: str
    quiet: bool
    profile: bool
    strict: bool | None
    config: str | None = None
    name: str | None = None
    overlays: tuple[str, ...] = ()
    output: str | None = None
    chosen: Mapping[str, Any] = field(default_factory=dict)
    stages: Stages = field(default_factory=Stages)
    project: Project | None = field(init=False)
    printer: Printer = field(init=False)

    def __post_init__(self) -> None:
        report = Report()
        self.project = project = load(self.config, report)
        strict = self.strict if project is None else self.strict or project.strict
        self.printer = Printer(self.form == "json", self.quiet, bool(strict))
        if project is None:
            self.printer.reports[_CONFIGURATION] = report

    def validate(self) -> int:
        """Check the specs and write nothing."""

        def step(job: Job) -> Outcome:
            report = self.printer.report_for(job)
            found = pipeline.check(job, report, self.stages)
            if found is None or not self.printer.passes(report):
                return Outcome(job, "failed")
            lines = [f"{job.spec}: valid", *_laid_over(found.applied)]
            return Outcome(job, "valid", "\n".join(lines))

        return self._each(step)

    def lint(self, everything: bool) -> int:
        """Check the specs against the rules of style as well, and write nothing."""

        def step(job: Job) -> Outcome:
            report = self.printer.report_for(job)
            pipeline.lint(job, report, self.stages, everything=everything)
            if not self.printer.passes(report):
                return Outcome(job, "failed")
            found = len(report.warnings)
            said = count(found, "warning") if found else "nothing to mend"
            return Outcome(job, "linted", f"{job.spec}: {said}")

        return self._each(step, writes=False)

    def build(self) -> int:
        """Write what differs from the packages that the specs give."""

        def step(job: Job) -> Outcome:
            folder = self._folder(job)
            with self.stages("compare"):
                # Warnings are not remembered, and --strict is about warnings.
                current = not self.printer.strict and pipeline.current(job, folder)
            if current:
                return Outcome(job, "unchanged", f"{job.name}: nothing changed")
            package = self._package(job)
            if package is None:
                return Outcome(job, "failed")
            return self._write(job, folder, package)

        return self._each(step)

    def check(self) -> int:
        """Compare the packages on disk with those that the specs give."""

        def step(job: Job) -> Outcome:
            compared = self._compared(job)
            if compared is None:
                return Outcome(job, "failed")
            folder, todo, difference = compared
            if todo.none:
                return Outcome(job, "current", f"{job.name}: {folder} is up to date")
            line = f"{job.name}: {folder} is not what {job.spec} gives:"
            because = [f"  - {reason}" for reason in todo.reasons]
            return Outcome(
                job, "drift", "\n".join([line, *because]), todo.reasons, difference
            )

        return self._each(step)

    def diff(self) -> int:
        """Print what a build would change; that there is something is not an error."""

        def step(job: Job) -> Outcome:
            compared = self._compared(job)
            if compared is None:
                return Outcome(job, "failed")
            _, todo, difference = compared
            return Outcome(
                job, "compared", "", todo.reasons if difference else (), difference
            )

        return self._each(step)

    def _each(self, step: _Step, *, writes: bool = True) -> int:
        if self.project is None:
            self.printer.add(Outcome(_CONFIGURATION, "failed"))
            return self.printer.finish(None)
        if writes:
            jobs = select(
                self.project, self.specs, self.name, self.overlays, self.chosen
            )
        else:
            jobs = named(self.project, self.specs)
        many = len(jobs) > 1 and not self.quiet and self.form == "text"
        with self._progress(jobs, many) as steps:
            for job in steps:
                try:
                    self.printer.add(step(job))
                except OutputError as error:
                    self.printer.add(Outcome(job, "failed", problem=str(error)))
        return self.printer.finish(self.stages if self.profile else None)

    def _progress(
        self, jobs: list[Job], many: bool
    ) -> AbstractContextManager[Iterable[Job]]:
        if many and sys.stderr.isatty():
            return click.progressbar(jobs, file=sys.stderr, item_show_func=_label)
        return nullcontext(jobs)

    def _folder(self, job: Job) -> Path:
        configured = self.project.output if self.project else ""
        return Path(self.output or configured) / job.name

    def _package(self, job: Job) -> Package | None:
        report = self.printer.report_for(job)
        package = pipeline.build(job, report, self.stages)
        return package if self.printer.passes(report) else None

    def _compared(self, job: Job) -> tuple[Path, Changes, str] | None:
        """The folder of a package, what a build would change in it, and the diff."""
        from .. import tree

        folder = self._folder(job)
        package = self._package(job)
        if package is None:
            return None
        with self.stages("compare"):
            todo = tree.compare(folder, package.files, package.lock)
            difference = tree.diff(folder, package.files, package.lock, todo)
        return folder, todo, difference

    def _write(self, job: Job, folder: Path, package: Package) -> Outcome:
        from .. import tree

        with self.stages("write"):
            todo = tree.compare(folder, package.files, package.lock)
            tree.apply(folder, package.files, package.lock, todo)
        if todo.none:
            return Outcome(job, "unchanged", f"{job.name}: nothing changed")
        written = len(todo.added) + len(todo.changed)
        removed = f", {len(todo.removed)} removed" if todo.removed else ""
        line = (
            f"{job.name}: {count(written, 'file')} written to {folder}{removed}"
            f" ({package.counts})"
        )
        lines = [line, *_laid_over(package.applied)]
        return Outcome(job, "written", "\n".join(lines), todo.reasons)


def _laid_over(applied: tuple[Applied, ...]) -> list[str]:
    """One line for each action that added to the spec what it cannot say itself."""
    return [f"  {one.kind} {one.file}: {one.description}" for one in applied]


def _label(job: Job | None) -> str:
    return job.name if job else ""
