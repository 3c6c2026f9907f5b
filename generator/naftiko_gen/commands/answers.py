"""What is printed with ``--format json``: one document, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import click

from ..diagnostics import Report, findings
from ..errors import ERROR, INTERNAL, USAGE

_FAULTS = {ERROR: "input", USAGE: "usage", INTERNAL: "internal"}


def answer(document: Mapping[str, object]) -> None:
    """Print the result of a command."""
    click.echo(json.dumps(document, indent=2))


def event(document: Mapping[str, object]) -> None:
    """Print one of several results, on a line of its own."""
    click.echo(json.dumps(document))


def failure(status: int, message: str | None, reports: Iterable[Report] = ()) -> None:
    """Print why a command that exits with ``status`` has no result; on one line, like an event."""
    found = [one for report in reports for one in findings(report)]
    event({"failure": _FAULTS[status], "message": message, "findings": found})


def asked_for(arguments: Sequence[str]) -> bool:
    """Whether a command line, which may be wrong, asks for JSON."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = list(arguments[:end])
    pairs = zip(options, options[1:], strict=False)
    return "--format=json" in options or ("--format", "json") in pairs
