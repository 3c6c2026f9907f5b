"""``import openapi`` and ``export openapi``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from .. import pipeline
from ..diagnostics import findings
from ..errors import OutputError
from ..pipeline import Job, Stages, count
from .answers import answer
from .jobs import CONFIGURATION, single
from .output import Outcome, Printer
from .writing import write

_NAMESPACE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Import:
    """The options of ``import openapi``."""

    file: str
    output: str | None
    namespace: str | None
    form: str
    quiet: bool
    strict: bool
    force: bool
    modeline: bool

    def run(self) -> int:
        """Write the capability, and beside it the overlay with what it cannot say."""
        if self.namespace is not None and not _NAMESPACE.fullmatch(self.namespace):
            raise click.UsageError(
                f"{self.namespace!r} is not a namespace: lower-case letters, digits and single hyphens"
            )
        printer = Printer(self.form, self.quiet, self.strict)
        job = Job(self.file, self.namespace or "")
        printer.add(self._outcome(printer, job))
        return printer.finish(None)

    def _outcome(self, printer: Printer, job: Job) -> Outcome:
        from .. import openapi, yaml_text
        from ..openapi.capability import capability, overlay, version
        from ..overlay import sidecar_of

        report = printer.report_for(job)
        api = openapi.import_api(self.file, report, self.namespace or "")
        if api is None or not printer.passes(report):
            return Outcome(job, "failed")
        spec = self.output or f"specs/{api.namespace}.yaml"
        sidecar = sidecar_of(spec)
        if not sidecar:
            raise click.UsageError(f"{spec!r} is not the name of a YAML file")
        beside = overlay(api)
        text = yaml_text.dump(capability(api))
        files = {Path(sidecar): yaml_text.dump(beside) if beside else None}
        if self.modeline:
            from ..modeline import modeline, with_modeline
            from .schema import for_spec

            schema, content = for_spec(spec, version(api), None)
            text = with_modeline(text, modeline(schema, spec))
            files[Path(schema)] = content
        files[Path(spec)] = text
        sizes = {"operations": len(api.operations)}
        try:
            written = write(files, force=self.force)
        except OutputError as error:
            return Outcome(job, "failed", problem=str(error))
        if not written:
            line = f"{spec}: nothing changed"
            return Outcome(job, "unchanged", line, sizes=sizes, output=Path(spec))
        left = f", {api.skipped} left out" if api.skipped else ""
        lines = [f"{spec}: {count(len(api.operations), 'operation')} imported{left}"]
        if beside:
            lines.append(f"  sidecar {sidecar}: what a capability cannot say")
        line = "\n".join(lines)
        return Outcome(job, "written", line, sizes=sizes, output=Path(spec))


@dataclass(frozen=True, slots=True)
class Export:
    """The options of ``export openapi``."""

    spec: str | None
    config: str | None
    output: str | None
    adapter: str | None
    overlays: tuple[str, ...]
    strict: bool
    quiet: bool
    form: str
    chosen: Mapping[str, Any]

    def run(self) -> int:
        """Print the document that a build of the spec would emit, or write it."""
        printer = Printer("text", self.quiet or self.form == "json", self.strict)
        job = single(self.spec, self.config, self.overlays, self.chosen, printer)
        if job is None:
            return printer.refuse(CONFIGURATION, self.form)
        report = printer.report_for(job)
        checked = pipeline.check(job, report, Stages())
        if checked is None or not printer.passes(report):
            return printer.refuse(job, self.form)
        from ..views.contracts import contract_name, contracts

        adapters = {adapter.namespace: adapter for adapter in checked.capability.rest}
        adapter = self.adapter or next(iter(adapters), "")
        if not adapters:
            raise OutputError(f"{job.spec} has no REST adapter, so nothing to export")
        if adapter not in adapters or (self.adapter is None and len(adapters) > 1):
            raise click.UsageError(
                f"name one of the REST adapters with --adapter: {', '.join(adapters)}"
            )
        content = contracts(checked.capability)[
            contract_name(checked.capability, adapters[adapter])
        ]
        printer.add(Outcome(job, "valid"))
        written = self.output is not None and write(
            {Path(self.output): content}, force=True
        )
        if self.form == "json":
            answer(
                {
                    "spec": job.spec,
                    "adapter": adapter,
                    "output": self.output,
                    "document": json.loads(content),
                    "findings": findings(report),
                }
            )
        elif self.output is None:
            click.echo(content.decode("utf-8"), nl=False)
        elif written and not self.quiet:
            click.echo(f"{self.output}: written")
        return 0
