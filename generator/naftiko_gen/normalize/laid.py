"""What is laid over a document has a say in what is rewritten in it.

A profile or a sidecar may complete the document, or name what stands in it. What would then mean
something else, or need a note of its own, is left as it is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from naftiko_gen import dialect, overlay
from naftiko_gen.diagnostics import Report, Span
from naftiko_gen.dialect.rule import Edit
from naftiko_gen.ir import JsonValue
from naftiko_gen.source import Source


def rewritten(source: Source, notes: Report) -> Source:
    """``source`` without the deviations that can be written in another way; they go to ``notes``."""
    whole = dialect.apply(source, notes)
    wanted = _read(source)
    if wanted.allows(whole):
        return whole
    for rule in dialect.RULES:
        found = [finding.edits for finding in rule.find(source)]
        source = _tried(source, found, wanted)
    return source


@dataclass(frozen=True, slots=True)
class _Read:
    """What a document says with everything that is laid over it, and the notes about that."""

    data: JsonValue
    notes: frozenset[tuple[str, Span]]

    def allows(self, source: Source) -> bool:
        """Whether ``source`` says the same, without a note that is new."""
        read = _read(source)
        return read.data == self.data and read.notes <= self.notes


def _read(source: Source) -> _Read:
    report = Report()
    laid, _ = overlay.apply(source, Report())
    data = dialect.apply(laid, report).data
    return _Read(data, frozenset((n.code, n.span) for n in report.diagnostics))


def _tried(source: Source, found: list[tuple[Edit, ...]], wanted: _Read) -> Source:
    """``source`` with as many of the edits of a rule as leave what it means."""
    every = [edit for edits in found for edit in edits]
    if not every:
        return source
    attempt = dialect.rewritten(source, every)
    if wanted.allows(attempt):
        return attempt
    if len(every) == 1:
        return source
    parts = found if len(found) > 1 else [(edit,) for edit in every]
    for part in reversed(parts):
        source = _tried(source, [part], wanted)
    return source
