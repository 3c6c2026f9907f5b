"""What a run prints, as text or as one JSON document, and the status that it exits with."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics import Report, Severity, findings, render_text
from ..errors import DRIFT, ERROR, INTERNAL, InternalError
from ..pipeline import Job, Stages
from ..totals import Totals
from .answers import answer, failure

if TYPE_CHECKING:
    from ..ir import Skipped
    from ..overlay import Applied


_SIZES = ("operations", "routes", "tools")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one spec.

    ``status`` is valid, linted, written, unchanged, current, compared, drift, removed, failed or
    internal. ``output`` is the folder of the package, or the file that was written, and ``sizes``
    are the numbers of operations, routes and tools; ``applied`` was laid over the spec, and
    ``skipped`` was left out of it.
    """

    job: Job
    status: str
    line: str = ""
    reasons: tuple[str, ...] = ()
    difference: str = ""
    problem: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    output: Path | None = None
    applied: tuple[Applied, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What came of it, for people."""
        return [
            *filter(None, [self.line]),
            *(f"  {one.kind} {one.file}: {one.description}" for one in self.applied),
            *(
                f"  left out: {part.what} (line {part.line}): {'; '.join(part.why)}"
                for part in self.skipped
            ),
        ]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one spec, as it goes from process to process."""

    outcome: Outcome
    report: Report
    seconds: Mapping[str, float]

    @classmethod
    def lost(cls, job: Job, reason: str) -> Done:
        """What is left of a spec whose process has died."""
        return cls(Outcome(job, "internal", problem=reason), Report(), {})


@dataclass(slots=True)
class Printer:
    """Prints as it goes in text form; collects and prints at the end in the forms for machines.

    The form ``events`` prints nothing: who asks for it makes events of ``document``.
    """

    form: str
    quiet: bool
    strict: bool
    outcomes: list[Outcome] = field(default_factory=list)
    reports: dict[Job, Report] = field(default_factory=dict)
    noted: list[str] = field(default_factory=list)

    def report_for(self, job: Job) -> Report:
        """A new report for the findings in one spec."""
        return self.reports.setdefault(job, Report(strict=self.strict))

    def passes(self, report: Report) -> bool:
        """Whether a spec with this report may be built."""
        return report.ok and not (self.strict and report.warnings)

    def add(self, outcome: Outcome) -> None:
        """Take note of what came of a spec."""
        self.outcomes.append(outcome)
        if self.form != "text":
            if self.form not in ("json", "events") and outcome.problem:
                click.echo(f"error: {outcome.problem}", err=True)
            return
        if outcome.status != "unchanged":
            self._findings(self.reports.get(outcome.job))
        report = self.reports.get(outcome.job)
        refused = outcome.status == "failed" and not outcome.problem
        if refused and report and report.ok and report.warnings:
            click.echo("error: warnings count as errors (--strict)", err=True)
        if outcome.status == "internal":
            self._fault(outcome)
        elif outcome.problem:
            click.echo(f"error: {outcome.problem}", err=True)
        if not self.quiet:
            for line in outcome.lines:
                click.echo(line)
        if outcome.difference and not (self.quiet and outcome.status == "drift"):
            click.echo(outcome.difference, nl=False)

    def _findings(self, report: Report | None) -> None:
        if report is not None and self.quiet:
            warnings = (Severity.WARNING,) if self.strict else ()
            report = report.only(Severity.ERROR, *warnings)
        if report is None or not report.diagnostics:
            return
        colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        text = render_text(report, _texts(report), colour=colour)
        click.echo(text, err=True, nl=not text.endswith("\n"))

    def finish(self, stages: Stages | None) -> int:
        """Print what is left to print; the exit status."""
        self._machines()
        if stages is not None:
            for name, seconds in stages.seconds.items():
                click.echo(f"{name:<10}{seconds * 1000:9.1f} ms", err=True)
            total = sum(stages.seconds.values())
            click.echo(f"{'total':<10}{total * 1000:9.1f} ms", err=True)
        statuses = {outcome.status for outcome in self.outcomes}
        if "internal" in statuses:
            return INTERNAL
        return ERROR if "failed" in statuses else DRIFT if "drift" in statuses else 0

    def notes(self, texts: Sequence[str]) -> None:
        """Print what should be known beforehand."""
        self.noted += texts
        if self.form == "text" and not self.quiet:
            for text in texts:
                click.echo(f"note: {text}", err=True)

    def summary(self) -> None:
        """Print what came of all specs together, and how often which code was found."""
        if self.form != "text" or self.quiet:
            return
        totals = Totals.of((o.status, self._report(o)) for o in self.outcomes)
        click.echo("\n".join(totals.lines))

    def _machines(self) -> None:
        """The whole output of a form for machines."""
        if self.form == "json":
            answer(self.document())
            return
        found = [d for o in self.outcomes for d in self._report(o).diagnostics]
        if self.form == "github":
            from ..findings import github

            click.echo(github.render(found), nl=False)
        elif self.form == "sarif":
            from ..findings import sarif

            click.echo(sarif.render(found), nl=False)

    def _fault(self, outcome: Outcome) -> None:
        click.echo(fault(f"{outcome.job.spec}: {outcome.problem}"), err=True)

    def document(self) -> dict[str, object]:
        """What came of all specs, for programs."""
        return {
            "specs": [
                {
                    "spec": outcome.job.spec,
                    "name": outcome.job.name,
                    "status": outcome.status,
                    "output": outcome.output and str(outcome.output),
                    **{n: outcome.sizes.get(n) for n in _SIZES},
                    "applied": [asdict(one) for one in outcome.applied],
                    "leftOut": [asdict(part) for part in outcome.skipped],
                    "reasons": list(outcome.reasons),
                    "diff": outcome.difference,
                    "problem": outcome.problem,
                    "findings": findings(self._report(outcome)),
                }
                for outcome in self.outcomes
            ],
            "notes": self.noted,
        }

    @property
    def problem(self) -> str | None:
        """The first problem that is not at a place of a file."""
        return next((o.problem for o in self.outcomes if o.problem), None)

    def refuse(self, job: Job, form: str) -> int:
        """Say why there is no result: to people and, when that is their form, to programs."""
        self.add(Outcome(job, "failed"))
        if form == "json":
            report = self.report_for(job)
            message = "warnings count as errors (--strict)" if report.ok else None
            failure(ERROR, message, [report])
        return ERROR

    def _report(self, outcome: Outcome) -> Report:
        return self.reports.get(outcome.job) or Report()


def described(error: Exception) -> str:
    """An exception that nobody expected, in one line."""
    kind = "" if isinstance(error, InternalError) else f"{type(error).__name__}: "
    return kind + " ".join(str(error).split())[:400]


def fault(text: str) -> str:
    """What to print when the generator itself is at fault."""
    return (
        f"internal error: {text}\n"
        "This is a fault of naftiko-gen, not of the spec; nothing was written for it."
        " NAFTIKO_GEN_TRACEBACK=1 shows the traceback."
    )


def _texts(report: Report) -> dict[str, str]:
    """The files that the findings are in; those that cannot be shown are left out."""
    texts: dict[str, str] = {}
    for file in {diagnostic.span.file for diagnostic in report.diagnostics}:
        try:
            with open(file, encoding="utf-8") as stream:
                texts[file] = stream.read()
        except (OSError, UnicodeDecodeError):
            continue
    return texts
