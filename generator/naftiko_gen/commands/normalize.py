"""``normalize``: the canonical document of a capability, printed, written or compared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from ..diagnostics import Report, findings
from ..errors import ERROR, OutputError
from ..ir import JsonValue
from ..normalize import Normalized, merged, normalize
from ..overlay import sidecar_of
from ..pipeline import Job, count
from ..source import Source
from .answers import answer, failure
from .jobs import CONFIGURATION, single
from .output import Outcome, Printer
from .writing import write


@dataclass(frozen=True, slots=True)
class Normalize:
    """The options of ``normalize``."""

    spec: str | None
    output: str | None
    in_place: bool
    check: bool
    quiet: bool
    form: str

    def run(self) -> int:
        """Write the document and its overlay, or print the document; the exit status."""
        if (self.output is not None) + self.in_place + self.check > 1:
            raise click.UsageError("one of -o, --in-place and --check")
        machine = self.form == "json"
        printer = Printer("text", self.quiet or machine, False)
        job = single(self.spec, None, (), {}, printer)
        if job is None:
            return printer.refuse(CONFIGURATION, self.form)
        report = printer.report_for(job)
        from ..source import read

        source = read(job.spec, report)
        found = normalize(source, report) if source is not None else None
        prints = self.output is None and not self.in_place and not self.check
        if source is None or found is None or not (prints or printer.passes(report)):
            return printer.refuse(job, self.form)
        if prints:
            outcome = Outcome(job, "valid" if report.ok else "failed")
        elif self.check:
            outcome = self._compared(job, source, found)
        else:
            outcome = self._written(job, found)
        if prints and not machine:
            click.echo(found.text.decode(), nl=False)
        printer.add(outcome)
        if machine and outcome.problem:
            failure(ERROR, outcome.problem)
        elif machine:
            answer(_document(outcome, found, report))
        elif prints and found.actions and not self.quiet:
            said = count(len(found.actions), "action")
            click.echo(
                f"note: an overlay of {said} holds what the format has no words for; "
                "-o and --in-place write it beside the document",
                err=True,
            )
        return printer.finish(None)

    def _compared(self, job: Job, source: Source, found: Normalized) -> Outcome:
        if found.text == source.raw and not found.actions:
            return Outcome(job, "current", f"{job.spec}: canonical")
        return Outcome(job, "drift", f"{job.spec}: not canonical")

    def _written(self, job: Job, found: Normalized) -> Outcome:
        target = self.output or job.spec
        files: dict[Path, bytes | None] = {Path(target): found.text}
        sidecar = sidecar_of(target)
        present = sidecar_of(job.spec)
        # What lies over the document lies over the canonical one, too.
        if found.actions or (sidecar != present and os.path.exists(present)):
            if not sidecar:
                raise click.UsageError(f"{target!r} is not the name of a YAML file")
            before = _overlay(present)
            if before is None:
                problem = f"{present} is no overlay that actions can be added to"
                return Outcome(job, "failed", problem=problem)
            files[Path(sidecar)] = merged(dict(before), found.actions)
        try:
            changed = write(files, force=self.in_place)
        except OutputError as error:
            return Outcome(job, "failed", problem=str(error))
        if not changed:
            line = f"{target}: nothing changed"
            return Outcome(job, "unchanged", line, output=Path(target))
        beside = f", and {sidecar}" if len(files) > 1 else ""
        line = f"{target}: {count(found.rewritten, 'deviation')} written out{beside}"
        return Outcome(job, "written", line, output=Path(target))


def _document(
    outcome: Outcome, found: Normalized, report: Report
) -> Mapping[str, object]:
    overlay = found.overlay
    return {
        "spec": outcome.job.spec,
        "status": outcome.status,
        "document": found.text.decode(),
        "overlay": None if overlay is None else overlay.decode(),
        "rewritten": found.rewritten,
        "output": outcome.output and str(outcome.output),
        "findings": findings(report),
    }


def _overlay(path: str) -> Mapping[str, JsonValue] | None:
    """The overlay that is there already; None when it cannot be read as one."""
    from ..source import read

    if not path or not os.path.exists(path):
        return {}
    source = read(path, Report())
    data = source.data if source is not None else None
    if not isinstance(data, dict) or not isinstance(data.get("actions"), list):
        return None
    return data
