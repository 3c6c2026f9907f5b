"""``normalize``: the canonical document of a capability, printed, written or compared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from ..errors import OutputError
from ..ir import JsonValue
from ..normalize import Normalized, merged, normalize
from ..overlay import sidecar_of
from ..pipeline import Job, count
from ..source import Source
from .output import Outcome, Printer
from .writing import write


@dataclass(frozen=True, slots=True)
class Normalize:
    """The options of ``normalize``."""

    spec: str
    output: str | None
    in_place: bool
    check: bool
    quiet: bool

    def run(self) -> int:
        """Write the document and its overlay, or print the document; the exit status."""
        if (self.output is not None) + self.in_place + self.check > 1:
            raise click.UsageError("one of -o, --in-place and --check")
        printer = Printer("text", self.quiet, False)
        job = Job(self.spec, "")
        report = printer.report_for(job)
        from ..source import read

        source = read(self.spec, report)
        found = normalize(source, report) if source is not None else None
        if source is None or found is None:
            printer.add(Outcome(job, "failed"))
        elif self.check:
            printer.add(self._compared(printer, source, found))
        elif self.output is None and not self.in_place:
            click.echo(found.text.decode(), nl=False)
            printer.add(Outcome(job, "valid" if report.ok else "failed"))
            if found.actions and not self.quiet:
                said = count(len(found.actions), "action")
                click.echo(
                    f"note: an overlay of {said} holds what the format has no words for; "
                    "-o and --in-place write it beside the document",
                    err=True,
                )
        elif not printer.passes(report):
            printer.add(Outcome(job, "failed"))
        else:
            printer.add(self._written(job, found))
        return printer.finish(None)

    def _compared(self, printer: Printer, source: Source, found: Normalized) -> Outcome:
        job = Job(self.spec, "")
        if not printer.passes(printer.report_for(job)):
            return Outcome(job, "failed")
        if found.text == source.raw and not found.actions:
            return Outcome(job, "current", f"{job.spec}: canonical")
        return Outcome(job, "drift", f"{job.spec}: not canonical")

    def _written(self, job: Job, found: Normalized) -> Outcome:
        target = self.output or self.spec
        files: dict[Path, bytes | None] = {Path(target): found.text}
        sidecar = sidecar_of(target)
        present = sidecar_of(self.spec)
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
            return Outcome(job, "unchanged", f"{target}: nothing changed")
        beside = f", and {sidecar}" if len(files) > 1 else ""
        return Outcome(job, "written", f"{target}: {_said(found)}{beside}")


def _said(found: Normalized) -> str:
    return f"{count(found.rewritten, 'deviation')} written out"


def _overlay(path: str) -> Mapping[str, JsonValue] | None:
    """The overlay that is there already; None when it cannot be read as one."""
    from ..diagnostics import Report
    from ..source import read

    if not path or not os.path.exists(path):
        return {}
    source = read(path, Report())
    data = source.data if source is not None else None
    if not isinstance(data, dict) or not isinstance(data.get("actions"), list):
        return None
    return data
