"""Which specs a run is about, and what their packages are called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..names import words
from ..pipeline import NAME, Job, default_name

_FOLDER = "specs"


def select(
    specs: Sequence[str],
    name: str | None,
    overlays: Sequence[str],
    allow_scripts: bool = False,
) -> list[Job]:
    """The jobs for the specs of a command line; all of ``specs/`` when it names none.

    Raises click.UsageError when there is nothing to do, when a name cannot be one, when a file
    name has no ASCII letter or digit to make one of, and when two specs would be built into the same folder.
    """
    chosen = list(dict.fromkeys(specs)) or _all_specs()
    if name is not None:
        if not NAME.fullmatch(name):
            raise click.UsageError(
                f"{name!r} is not a name: lower-case letters, digits and single hyphens"
            )
        if len(chosen) > 1:
            raise click.UsageError("--name is for one SPEC")
    jobs = [
        Job(spec, name or default_name(spec), tuple(overlays), allow_scripts)
        for spec in chosen
    ]
    for job in jobs:
        if name is None and not words(Path(job.spec).stem):
            raise click.UsageError(
                f"no name can be made of {job.spec!r}: give one with --name"
            )
    owners: dict[str, str] = {}
    for job in jobs:
        other = owners.setdefault(job.name, job.spec)
        if other != job.spec:
            raise click.UsageError(
                f"{other} and {job.spec} would both be built as {job.name!r}"
            )
    return jobs


def named(specs: Sequence[str]) -> list[Job]:
    """The jobs of a command that writes nothing, so that names need not tell specs apart."""
    chosen = list(dict.fromkeys(specs)) or _all_specs()
    return [Job(spec, default_name(spec)) for spec in chosen]


def _all_specs() -> list[str]:
    found = sorted(
        path.as_posix()
        for pattern in ("*.yaml", "*.yml")
        for path in Path(_FOLDER).glob(pattern)
        if not path.stem.endswith(".overlay")
    )
    if not found:
        raise click.UsageError(f"no SPEC given, and no capability in {_FOLDER}/")
    return found
