"""One run over some specs: the loop that all commands share, and each command's step."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import cache, lock, pipeline, remembered, warm
from ..diagnostics import Report
from ..emission import overrides_in
from ..errors import OutputError
from ..pipeline import Job, Package, Stages, count
from ..project import Project
from ..project_file import load
from ..remembered import Found
from .compared import compared
from .jobs import CONFIGURATION, Shard, named, renamed, select
from .orphaned import orphaned
from .output import Done, Outcome, Printer, described
from .packages import of_package, write
from .pool import each, workers_for
from .progress import Progress
from .reports import write_report

if TYPE_CHECKING:
    from ..tree import Changes


_Step = Callable[[Job], Outcome]


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
    jobs: int | None = None
    shard: Shard | None = None
    report: str | None = None
    prune: bool = False
    only: frozenset[Job] | None = None
    complete: bool = field(init=False, default=False)
    stages: Stages = field(default_factory=Stages)
    project: Project | None = field(init=False)
    printer: Printer = field(init=False)

    def __post_init__(self) -> None:
        report = Report()
        self.project = project = load(self.config, report)
        strict = self.strict if project is None else self.strict or project.strict
        self.printer = Printer(self.form, self.quiet, bool(strict))
        if project is None:
            self.printer.reports[CONFIGURATION] = report

    def validate(self) -> int:
        """Check the specs and write nothing."""

        def step(job: Job) -> Outcome:
            report = self.printer.report_for(job)
            found = pipeline.check(job, report, self.stages)
            overrides_in(job.options.templates, report, self.stages)
            if found is None or not self.printer.passes(report):
                return Outcome(job, "failed")
            return Outcome(
                job,
                "valid",
                f"{job.spec}: valid",
                sizes=pipeline.sizes(found.capability),
                applied=found.applied,
                skipped=found.capability.skipped,
            )

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
        # Where something stands already, most of it may be right, and no stage is needed.
        first = not self.folder.is_dir()
        return self._each(self._build, orphans=self.prune, ready=first)

    def _build(self, job: Job) -> Outcome:
        folder = self._folder(job)
        report = self.printer.report_for(job)
        with self.stages("compare"):
            known = remembered.find(job)
            if known is not None and known.refused:
                report.take(known.report)
                return Outcome(job, "failed")
            # Warnings of one spec are not told again, and --strict is about warnings.
            used = known.templates if known else None
            current = not self.printer.strict and pipeline.current(job, folder, used)
        if current:
            return self._unchanged(job, folder, report, known)
        package = pipeline.build(job, report, self.stages)
        sizes = package.sizes if package else {}
        used = tuple(package.lock.templates) if package else ()
        refused = package is None or not report.ok
        remembered.keep(job, Found(report, refused, sizes, used))
        if package is None or not self.printer.passes(report):
            return Outcome(job, "failed")
        return write(job, folder, package, self.stages)

    def _unchanged(
        self, job: Job, folder: Path, report: Report, known: Found | None
    ) -> Outcome:
        if known is None and self.complete:
            found = pipeline.check(job, report, self.stages)
            sizes = pipeline.sizes(found.capability) if found else {}
            found_lock = lock.load(folder)
            used = tuple(found_lock.templates) if found_lock else ()
            known = Found(report, False, sizes, used)
            remembered.keep(job, known)
        elif known is not None:
            report.take(known.report)
        return Outcome(
            job,
            "unchanged",
            f"{job.name}: nothing changed",
            sizes=known.counts if known else {},
            output=folder,
        )

    def check(self) -> int:
        """Compare the packages on disk with those that the specs give."""

        def step(job: Job) -> Outcome:
            compared = self._compared(job)
            if compared is None:
                return Outcome(job, "failed")
            folder, package, todo, difference = compared
            found = of_package(job, "current", folder, package)
            if todo.none:
                return replace(found, line=f"{job.name}: {folder} is up to date")
            if self.form != "text":
                self._place(job, folder, package, todo)
            line = f"{job.name}: {folder} is not what {job.spec} gives:"
            because = [f"  - {reason}" for reason in todo.reasons]
            return replace(
                found,
                status="drift",
                line="\n".join([line, *because]),
                reasons=todo.reasons,
                difference=difference,
            )

        return self._each(step, orphans=True)

    def diff(self) -> int:
        """Print what a build would change; that there is something is not an error."""

        def step(job: Job) -> Outcome:
            compared = self._compared(job)
            if compared is None:
                return Outcome(job, "failed")
            folder, package, todo, difference = compared
            return replace(
                of_package(job, "compared", folder, package),
                reasons=todo.reasons if difference else (),
                difference=difference,
            )

        return self._each(step)

    def _each(
        self,
        step: _Step,
        *,
        writes: bool = True,
        orphans: bool = False,
        ready: bool = True,
    ) -> int:
        """Do ``step`` for every spec; ``ready``: with all stages imported before processes fork."""
        if self.project is None:
            self.printer.add(Outcome(CONFIGURATION, "failed"))
            return self.printer.finish(None)
        if writes:
            jobs = select(
                self.project, self.specs, self.name, self.overlays, self.chosen
            )
            if self.name is None:
                self.printer.notes(renamed(self.project, jobs))
        else:
            jobs = named(self.project, self.specs)
        if self.only is not None:
            jobs = [job for job in jobs if job in self.only]
        if self.shard:
            jobs = self.shard.part(jobs)
        many = len(jobs) > 1
        self.complete = many or bool(self.report) or self.form in ("json", "events")
        workers = workers_for(len(jobs), self.jobs)
        if workers > 1 and ready:
            warm.up()
        shown = many and not self.quiet and self.form == "text"
        work = partial(self._done, step)
        with (
            Progress(len(jobs), shown) as progress,
            closing(each(work, jobs, workers, Done.lost)) as results,
        ):
            for done in results:
                self.printer.reports[done.outcome.job] = done.report
                self.stages.add(done.seconds)
                with progress.past(done.outcome.job.name, done.report):
                    self.printer.add(done.outcome)
        # A run over some of the specs cannot know what the others give.
        if orphans and not (self.specs or self.shard):
            names = {job.name for job in jobs}
            orphaned(self.folder, names, self.printer, prune=self.prune)
        if self.report:
            write_report(self.report, self.printer, self.shard)
        if many:
            self.printer.summary()
        cache.tidy()
        return self.printer.finish(self.stages if self.profile else None)

    def _done(self, step: _Step, job: Job) -> Done:
        """What ``step`` makes of ``job``, whatever happens; it may run in another process."""
        stages, self.stages = self.stages, Stages()
        try:
            outcome = step(job)
        except OutputError as error:
            outcome = Outcome(job, "failed", problem=str(error))
        except Exception as error:
            if os.environ.get("NAFTIKO_GEN_TRACEBACK"):
                traceback.print_exc()
            outcome = Outcome(job, "internal", problem=described(error))
        seconds, self.stages = self.stages.seconds, stages
        report = self.printer.reports.pop(job, Report())
        report.texts.clear()
        return Done(outcome, report, seconds)

    @property
    def patterns(self) -> Collection[str]:
        """What specs are looked for with, as far as the configuration could be read."""
        if self.project is not None:
            return self.project.patterns
        return sorted(self.printer.reports[CONFIGURATION].outside)

    @property
    def folder(self) -> Path:
        """The folder that holds the packages."""
        configured = self.project.output if self.project else ""
        return Path(self.output or configured)

    def _folder(self, job: Job) -> Path:
        return self.folder / job.name

    def _compared(self, job: Job) -> tuple[Path, Package, Changes, str] | None:
        """The folder of a package, the package, what a build would change, and the diff."""
        from ..unified import diff

        folder = self._folder(job)
        report = self.printer.report_for(job)
        package = pipeline.build(job, report, self.stages)
        if package is None or not self.printer.passes(report):
            return None
        with self.stages("compare"):
            package, todo = compared(job, folder, package)
            shown = diff(folder, package.files, package.lock, todo)
        return folder, package, todo, shown

    def _place(self, job: Job, folder: Path, package: Package, todo: Changes) -> None:
        """Say where a package differs: text has a diff for that."""
        from .. import drift

        report = self.printer.report_for(job)
        drift.findings(job, folder, package.files, package.lock, todo, report)
