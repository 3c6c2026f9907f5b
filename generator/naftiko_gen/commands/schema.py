"""``schema``: the JSON Schema of the format, printed, written, or put to work in editors."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from .. import stamps
from ..errors import OutputError
from ..pipeline import Job
from .output import Outcome, Printer
from .writing import write


@dataclass(frozen=True, slots=True)
class Schema:
    """The options of ``schema``."""

    version: str | None
    output: str | None
    modeline: tuple[str, ...]
    configuration: bool = False
    report: bool = False
    locks: bool = False
    result: str | None = None

    def run(self) -> int:
        """Print the schema, write it, or write it for the specs that shall begin with its name."""
        if self.modeline:
            return self._modelines()
        text = self._text()
        if self.output is None:
            click.echo(text.rstrip("\n"))
        else:
            write({Path(self.output): text.encode()}, force=True)
            click.echo(f"{self.output}: written")
        return 0

    def _text(self) -> str:
        if (found := self._ours()) is not None:
            return json.dumps(found, indent=2) + "\n"
        from ..schema import schema_text
        from ..versions import schema_of

        return schema_text(schema_of(self.version or stamps.NAFTIKO[-1]))

    def _ours(self) -> Mapping[str, object] | None:
        """The schema of something that is read or written by us alone, if that is wanted."""
        wanted = (self.configuration, self.report, self.locks, bool(self.result))
        if sum(wanted) > 1:
            raise click.UsageError("one of --config, --report, --lock and --result")
        from .. import project, report, results

        if self.configuration:
            return project.schema()
        if self.report:
            return report.schema()
        if self.locks:
            return results.read("lock")
        return results.schema(self.result) if self.result else None

    def _modelines(self) -> int:
        printer = Printer("text", False, False)
        for spec in self.modeline:
            printer.add(self._modeline(printer, spec))
        return printer.finish(None)

    def _modeline(self, printer: Printer, spec: str) -> Outcome:
        from ..modeline import modeline, with_modeline
        from ..source import read

        job = Job(spec, "")
        report = printer.report_for(job)
        source = read(spec, report)
        if source is None or not printer.passes(report):
            return Outcome(job, "failed")
        schema, text = for_spec(spec, self.version or _stamp(source.data), self.output)
        line = modeline(schema, spec)
        files = {Path(schema): text, Path(spec): with_modeline(source.raw, line)}
        try:
            changed = write(files, force=True)
        except OutputError as error:
            return Outcome(job, "failed", problem=str(error))
        if not changed:
            return Outcome(job, "unchanged", f"{spec}: nothing changed")
        return Outcome(job, "written", f"{spec}: begins with `{line}`")


def for_spec(spec: str, version: str, output: str | None) -> tuple[str, bytes]:
    """The path and the text of the schema for a spec of ``version``; beside it by default."""
    from ..modeline import file_name
    from ..schema import schema_text
    from ..versions import schema_of

    generation = schema_of(version)
    name = file_name(generation, stamps.KEYS[generation])
    path = output or os.path.join(os.path.dirname(spec), name)
    return path, schema_text(generation).encode()


def _stamp(data: object) -> str:
    """The version that a document says it has; the newest of the first generation for others."""
    if isinstance(data, dict):
        for key in ("naftiko", "ikanos"):
            version = data.get(key)
            if isinstance(version, str) and stamps.KEYS.get(version) == key:
                return version
        if "ikanos" in data:
            return stamps.IKANOS[-1]
    return stamps.NAFTIKO[-1]
