"""What must hold of whatever the generator makes of a document, good or bad."""

from __future__ import annotations

import json
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from naftiko_gen import pipeline
from naftiko_gen.diagnostics import (
    Diagnostic,
    Position,
    Report,
    findings,
    line_starts,
    render_text,
)
from naftiko_gen.options import Options
from naftiko_gen.plan import plan

from .documents import Document

#: The name of a document's file.
SPEC = "spec.yaml"
#: Seconds of the processor for one document; the slowest take a hundredth of that.
PATIENCE = 60


class TooSlow(BaseException):
    """The generator did not end in time. No handler of exceptions stops it."""


@dataclass(frozen=True)
class Verdict:
    """What became of a document: its report, and the files if there are any."""

    report: Report
    files: dict[str, bytes] | None


@contextmanager
def bounded(seconds: int = PATIENCE) -> Iterator[None]:
    """Interrupt what is within after so many seconds of the processor."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"not ready after {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def judged(document: Document, folder: Path, name: str = "spec") -> Verdict:
    """What the generator makes of ``document``, after a look at all of it."""
    spec = folder / document.folder / SPEC
    spec.write_bytes(document.raw)
    report = Report()
    job = pipeline.Job(str(spec), name, options=Options(allow_scripts=True))
    files = None
    with bounded():
        checked = pipeline.check(job, report, pipeline.Stages())
        if checked is not None and report.ok:
            items = plan(checked.capability, checked.source)
            files, _ = pipeline.emit(items, pipeline.Stages())
            made = {item.path for item in items if item.template is not None}
    assert (files is None) == bool(report.errors), "neither a package nor a reason"
    if files is not None:
        for path in sorted(made):
            check_file(path, files[path])
    check_report(report, str(spec))
    return Verdict(report, files)


_SEEN: set[bytes] = set()


def check_file(path: str, content: bytes) -> None:
    """A file that a template printed is text, and Python where it says so."""
    text = content.decode("utf-8")
    assert "\r" not in text and (not text or text.endswith("\n")), path
    if path.endswith(".py") and content not in _SEEN:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(content, path, "exec", dont_inherit=True)
        _SEEN.add(content)


def check_report(report: Report, spec: str) -> None:
    """Every finding has a place in a file that was read, and says what stands there."""
    for found in report.diagnostics:
        assert found.message.strip() and found.span.file, found
        text = report.texts.get(found.span.file)
        if text is None:
            # A file that could not be opened, or is too large to be kept.
            assert found.code in ("E001", "E007", "E280"), found
            assert found.span.start == Position(1, 1), found
            continue
        check_place(found, text)
    json.dumps(findings(report))
    render_text(report, report.texts)


def check_place(found: Diagnostic, text: str) -> None:
    """The span lies in ``text``, in the order of reading."""
    starts = (*line_starts(text), len(text) + 1)
    for place in (found.span.start, found.span.end):
        assert 1 <= place.line < len(starts), found
        width = starts[place.line] - starts[place.line - 1]
        assert 1 <= place.column <= width, found
    assert found.span.start <= found.span.end, found
