"""``tools``: what the tools of a capability cost an agent, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import click

from .. import pipeline
from ..errors import ERROR
from ..pipeline import Stages, count
from ..tool_report import AdapterCost, costs
from .answers import answer
from .jobs import CONFIGURATION, single
from .output import Printer


@dataclass(frozen=True, slots=True)
class Tools:
    """The options of ``tools``; a limit of None is none."""

    spec: str | None
    config: str | None
    overlays: tuple[str, ...]
    form: str
    max_tokens: int | None
    max_tools: int | None
    max_problems: int | None
    chosen: Mapping[str, Any]

    def run(self) -> int:
        """Print the report; the exit status is 1 when a limit is passed."""
        printer = Printer("text", True, False)
        job = single(self.spec, self.config, self.overlays, self.chosen, printer)
        if job is None:
            return printer.refuse(CONFIGURATION, self.form)
        found = pipeline.check(job, printer.report_for(job), Stages())
        if found is None:
            return printer.refuse(job, self.form)
        adapters = costs(found.capability)
        passed = [text for adapter in adapters for text in self._passed(adapter)]
        if self.form == "json":
            document = {
                "spec": job.spec,
                "adapters": [asdict(adapter) for adapter in adapters],
                "exceeded": passed,
            }
            answer(document)
        else:
            for adapter in adapters:
                _print(adapter)
            for text in passed:
                click.echo(f"error: {text}", err=True)
        return ERROR if passed else 0

    def _passed(self, adapter: AdapterCost) -> list[str]:
        limits = (
            ("token", adapter.tokens, self.max_tokens),
            ("tool", len(adapter.tools), self.max_tools),
            ("problem", adapter.problems, self.max_problems),
        )
        return [
            f"{adapter.namespace}: {count(number, noun)}, more than {limit}"
            for noun, number, limit in limits
            if limit is not None and number > limit
        ]


def _print(adapter: AdapterCost) -> None:
    click.echo(
        f"{adapter.namespace}: {count(len(adapter.tools), 'tool')}, "
        f"tools/list of {adapter.size:,} bytes, about {adapter.tokens:,} tokens"
    )
    for tool in adapter.tools:
        click.echo(f"  {tool.tokens:>6,}  {tool.name}")
        for problem in tool.problems:
            click.echo(f"          {problem}")
