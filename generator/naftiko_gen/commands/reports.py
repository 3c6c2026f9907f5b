"""``--report``: what came of a run, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics import Report
from .writing import write

if TYPE_CHECKING:
    from .jobs import Shard
    from .output import Printer

_ENDINGS = (".json", ".html")


def checked(path: str | None) -> str | None:
    """The path of a report. Raises click.UsageError for one that does not say which kind."""
    if path is not None and not path.endswith(_ENDINGS):
        raise click.UsageError(f"--report takes a .json or .html file, not {path!r}")
    return path


def write_report(path: str, printer: Printer, shard: Shard | None) -> None:
    """Write what ``printer`` was told. Raises OutputError when the file cannot be written."""
    from ..report import Entry, as_json, as_page, document

    found = document(
        (
            Entry(
                outcome.job.spec,
                outcome.job.name,
                outcome.status,
                printer.reports.get(outcome.job) or Report(),
                outcome.sizes,
                outcome.problem,
            )
            for outcome in printer.outcomes
        ),
        str(shard) if shard else None,
    )
    content = as_page(found) if path.endswith(".html") else as_json(found)
    write({Path(path): content}, force=True)
