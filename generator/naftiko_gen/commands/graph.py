"""``graph``: a capability as a diagram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from .. import pipeline
from ..diagnostics import findings
from ..pipeline import Stages
from .answers import answer
from .jobs import CONFIGURATION, single
from .output import Outcome, Printer
from .writing import write


@dataclass(frozen=True, slots=True)
class Draw:
    """The options of ``graph``; ``form`` is None for what the name of the output says."""

    spec: str | None
    config: str | None
    output: str | None
    form: str | None
    overlays: tuple[str, ...]
    quiet: bool
    chosen: Mapping[str, Any]

    def run(self) -> int:
        """Print the diagram, or write it."""
        printer = Printer("text", self.quiet or self.form == "json", False)
        job = single(self.spec, self.config, self.overlays, self.chosen, printer)
        if job is None:
            return printer.refuse(CONFIGURATION, self.form or "")
        report = printer.report_for(job)
        checked = pipeline.check(job, report, Stages())
        if checked is None or not printer.passes(report):
            return printer.refuse(job, self.form or "")
        from .. import graph

        named_svg = self.output is not None and self.output.endswith(".svg")
        drawn = None if self.form == "json" else self.form
        form = drawn or ("svg" if named_svg else "mermaid")
        found = graph.graph_of(checked.capability)
        text = graph.svg(found) if form == "svg" else graph.mermaid(found)
        printer.add(Outcome(job, "valid"))
        if self.form == "json":
            if self.output is not None:
                write({Path(self.output): text.encode()}, force=True)
            answer(
                {
                    "spec": job.spec,
                    "output": self.output,
                    **graph.document(found),
                    "findings": findings(report),
                }
            )
        elif self.output is None:
            click.echo(text, nl=False)
        elif write({Path(self.output): text.encode()}, force=True) and not self.quiet:
            click.echo(f"{self.output}: written")
        return 0
