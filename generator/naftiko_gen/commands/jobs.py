"""Which specs a run is about, and what their packages are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from ..names import words
from ..options import chosen
from ..pipeline import NAME, Job, default_name
from ..project import Project


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

    Raises click.UsageError when there is nothing to do, when a name cannot be one, when a file
    name has no ASCII letter or digit to make one of, and when two specs would be built into the same folder.
    """
    taken = _distinct(specs) or _all_specs(project)
    if name is not None:
        if not NAME.fullmatch(name):
            raise click.UsageError(
                f"{name!r} is not a name: lower-case letters, digits and single hyphens"
            )
        if len(taken) > 1:
            raise click.UsageError("--name is for one SPEC")
    jobs = []
    for spec in taken:
        configured, settings = project.of(spec)
        if name is None and configured is None and not words(Path(spec).stem):
            raise click.UsageError(
                f"no name can be made of {spec!r}: give one with --name"
            )
        jobs.append(
            Job(
                spec,
                name or configured or default_name(spec),
                (*project.common.overlays, *settings.overlays, *overlays),
                chosen(project.common.options, settings.options, options),
            )
        )
    owners: dict[str, str] = {}
    for job in jobs:
        other = owners.setdefault(job.name, job.spec)
        if other != job.spec:
            raise click.UsageError(
                f"{other} and {job.spec} would both be built as {job.name!r}"
            )
    return jobs


def named(project: Project, specs: Sequence[str]) -> list[Job]:
    """The jobs of a command that writes nothing, so that names need not tell specs apart."""
    taken = _distinct(specs) or _all_specs(project)
    return [Job(spec, default_name(spec)) for spec in taken]


def _distinct(specs: Sequence[str]) -> list[str]:
    """Each of ``specs`` once, and no overlay beside one of them, as shells make of ``specs/*.yaml``."""
    return [
        spec
        for spec in dict.fromkeys(specs)
        if not Path(spec).stem.endswith(".overlay")
        or spec.replace(".overlay.", ".") not in specs
    ]


def _all_specs(project: Project) -> list[str]:
    if not project.specs:
        where = "specs/" if project.file is None else f"what {project.file} names"
        raise click.UsageError(f"no SPEC given, and no capability in {where}")
    return list(project.specs)
