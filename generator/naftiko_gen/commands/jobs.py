"""Which specs a run is about, and what their packages are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..diagnostics import Report
from ..names import words
from ..options import chosen
from ..package_names import distinct
from ..pipeline import NAME, Job, default_name
from ..project import Project
from ..project_file import FILE, load
from ..spec_files import expand, unique
from .output import Printer

#: Stands for the configuration where the outcomes of specs are told.
CONFIGURATION = Job(FILE, "")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several runs that share the specs: every ``of``-th, beginning with ``number``."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @classmethod
    def parse(cls, text: str) -> Shard:
        """The shard that ``2/5`` means. Raises click.UsageError."""
        number, slash, of = text.partition("/")
        if slash and number.isdecimal() and of.isdecimal() and text.isascii():
            shard = cls(int(number), int(of))
            if 1 <= shard.number <= shard.of:
                return shard
        raise click.UsageError(f"--shard takes I/N, such as 1/4, not {text!r}")

    def part(self, jobs: Sequence[Job]) -> list[Job]:
        """Its jobs."""
        return list(jobs[self.number - 1 :: self.of])


def select(
    project: Project,
    specs: Sequence[str],
    name: str | None,
    overlays: Sequence[str],
    options: Mapping[str, Any],
) -> list[Job]:
    """The jobs for the specs of a command line; those of the project when it names none.

    What the command line chooses has precedence over the package's table in the configuration,
    and that over what the configuration says of all; overlays add up.

    Raises click.UsageError when there is nothing to do, when a name cannot be one, and when the
    file name of a spec that was given has no ASCII letter or digit to make one of.
    """
    taken = _specs(project, specs)
    if name is not None:
        if not NAME.fullmatch(name):
            raise click.UsageError(
                f"{name!r} is not a name: lower-case letters, digits and single hyphens"
            )
        if len(taken) > 1:
            raise click.UsageError("--name is for one SPEC")
    known = {spec: project.of(spec) for spec in taken}
    fixed = {spec: name or configured for spec, (configured, _) in known.items()}
    unnamed = [spec for spec, given in fixed.items() if given is None]
    for spec in unnamed:
        if spec in specs and not words(Path(spec).stem):
            raise click.UsageError(
                f"no name can be made of {spec!r}: give one with --name"
            )
    made = distinct(unnamed, [given for given in fixed.values() if given])
    return [
        Job(
            spec,
            fixed[spec] or made[spec],
            (*project.common.overlays, *settings.overlays, *overlays),
            chosen(project.common.options, settings.options, options),
        )
        for spec, (_, settings) in known.items()
    ]


def named(project: Project, specs: Sequence[str]) -> list[Job]:
    """The jobs of a command that writes nothing, so that names need not tell specs apart."""
    return [Job(spec, default_name(spec)) for spec in _specs(project, specs)]


def single(
    spec: str | None,
    config: str | None,
    overlays: Sequence[str],
    options: Mapping[str, Any],
    printer: Printer,
) -> Job | None:
    """The job of a command about one spec, as ``build`` would have it.

    Without ``spec``, it is the only one of the project. None, and ``printer`` has the findings, when
    the configuration is wrong. Raises click.UsageError when there are several specs, or none.
    """
    report = Report()
    project = load(config, report)
    if project is None:
        printer.reports[CONFIGURATION] = report
        return None
    found = only(project, spec)
    configured, settings = project.of(found)
    return Job(
        found,
        configured or default_name(found) or "capability",
        (*project.common.overlays, *settings.overlays, *overlays),
        chosen(project.common.options, settings.options, options),
    )


def only(project: Project, spec: str | None) -> str:
    """The spec that is given, or else the only one of the project. Raises click.UsageError."""
    found = _specs(project, () if spec is None else (spec,))
    if len(found) > 1:
        listed = ", ".join(found[:3]) + (", ..." if len(found) > 3 else "")
        raise click.UsageError(f"name one SPEC of {len(found)}: {listed}")
    return found[0]


def renamed(project: Project, jobs: Sequence[Job]) -> list[str]:
    """A sentence for each job whose package could not have the name of its file."""
    return [
        f"{click.format_filename(job.spec)} is built as {job.name}: the name {plain} is that of another spec, too"
        for job in jobs
        if words(Path(job.spec).stem)
        and job.name != (plain := default_name(job.spec))
        and project.of(job.spec)[0] is None
    ]


def _specs(project: Project, specs: Sequence[str]) -> list[str]:
    found: list[str] = []
    for spec in specs:
        # Shells make overlays beside their specs of ``specs/*.yaml``.
        if ".overlay." in spec and spec.replace(".overlay.", ".") in specs:
            continue
        files = expand(spec)
        if not files:
            raise click.UsageError(f"there is no capability in {spec!r}")
        found += files
    if not specs:
        found += project.specs
    if not found:
        where = "specs/" if project.file is None else f"what {project.file} names"
        raise click.UsageError(
            f"no SPEC given, and no capability in {where}; `naftiko-gen init` begins one"
        )
    return unique(found)
