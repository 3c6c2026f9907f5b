"""What was found in specs, remembered between runs, so that nothing is looked at twice.

An entry holds for one job as long as the generator, what is installed beside it and every input
are the same. It says what to tell about a spec, never what is emitted.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache as once
from typing import TYPE_CHECKING

from . import cache, lock, shipped
from .diagnostics import Diagnostic, Position, Report, Severity, Span

if TYPE_CHECKING:
    from .pipeline import Job

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Found:
    """What a build of a spec found: the findings, whether they refuse it, and what it makes.

    ``counts`` are the numbers of its operations, routes and tools; ``templates`` are those of the
    user that it needs.
    """

    report: Report
    refused: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    templates: tuple[str, ...] = ()


def find(job: Job) -> Found | None:
    """What was found in the spec of ``job`` when all was as it is now; None when that is unknown."""
    content = cache.read(_name(job))
    if content is None:
        return None
    try:
        entry = json.loads(content)
        if entry["of"] != _state(job):
            return None
        report = Report()
        for code, message, file, *at, hint, weight in entry["findings"]:
            line, column, end_line, end_column = map(int, at)
            span = Span(file, Position(line, column), Position(end_line, end_column))
            report.add(code, message, span, hint, weight and Severity(weight))
        counts = {str(noun): int(number) for noun, number in entry["counts"].items()}
        templates = tuple(map(str, entry["templates"]))
        return Found(report, entry["refused"] is True, counts, templates)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep(job: Job, found: Found) -> None:
    """Remember ``found``, unless it may depend on files that are not known to be inputs."""
    if found.report.outside:
        return
    entry = {
        "of": _state(job),
        "refused": found.refused,
        "counts": dict(found.counts),
        "templates": list(found.templates),
        "findings": [_row(one) for one in found.report.diagnostics],
    }
    cache.write(_name(job), json.dumps(entry).encode("ascii"))


def _name(job: Job) -> str:
    key = lock.sha256(
        f"{os.path.abspath(job.spec)}\0{job!r}".encode("utf-8", "surrogateescape")
    )
    return f"findings/{key[:2]}/{key[2:]}"


def _state(job: Job) -> list[object]:
    inputs = lock.inputs(job.spec, job.overlays)
    state: list[object] = [_FORMAT, shipped.digest(), _installed(), inputs]
    if job.options.templates:
        from .overrides import digests

        state.append(digests(job.options.templates))
    return state


@once
def _installed() -> str:
    """A digest of the names and versions of all installed packages, and that of Python."""
    found = {sys.version}
    for folder in filter(os.path.isdir, sys.path):
        found.update(n for n in os.listdir(folder) if n.endswith(".dist-info"))
    return lock.sha256("\n".join(sorted(found)).encode())


def _row(one: Diagnostic) -> list[object]:
    start, end = one.span.start, one.span.end
    places = (start.line, start.column, end.line, end.column)
    weight = one.weight and one.weight.value
    return [one.code, one.message, one.span.file, *places, one.hint, weight]
