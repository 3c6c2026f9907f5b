"""The canonical document of a capability: what its deviations were read as, written out.

A document of this kind builds without a note of the dialect, to the same package as the one it
was made of. What the format has no words for goes to an overlay beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from naftiko_gen import dialect, overlay, versions, yaml_text
from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import Capability, JsonObject, JsonValue
from naftiko_gen.options import Options
from naftiko_gen.pipeline import Job, lowered
from naftiko_gen.schema import check
from naftiko_gen.source import NodePath, Source, parse
from naftiko_gen.stages import Stages

from .beside import Parted, part, signed
from .laid import rewritten
from .remedies import remedied, without_tails
from .roundtrip import render

__all__ = ["Normalized", "merged", "normalize"]

_TITLE = "What the format has no words for"


@dataclass(frozen=True, slots=True)
class Normalized:
    """A canonical document, the actions of the overlay beside it, and how much was rewritten."""

    text: bytes
    actions: tuple[JsonValue, ...]
    rewritten: int

    @property
    def overlay(self) -> bytes | None:
        """The overlay; None when there is nothing that the format has no words for."""
        return merged({}, self.actions) if self.actions else None


def normalize(source: Source, report: Report) -> Normalized:
    """The canonical document of ``source``, which a profile and a sidecar may complete.

    To ``report`` goes what is left: warnings of a build about what cannot be written in another
    way, and errors about what the structure does not allow; their places are those of the source.
    """
    notes, first = Report(), Report()
    before = _built(source, first)
    versioned = versions.apply(source, notes)
    remedies = [n.remedy for n in first.warnings if n.remedy and not n.remedy.beside]
    if versioned.written is not None:
        notes, remedies = Report(), []
        plain, actions = _parted(source, signed)
        found = versions.apply(plain, notes).written or plain
    else:
        whole = rewritten(versioned.source, notes)
        found, actions = _parted(remedied(whole, remedies))
        if remedies and not _helped(_again(found, actions, source), before, first):
            # What is laid over the document has moved what the notes are about.
            remedies = []
            found, actions = _parted(whole)
        found, actions = _beside(found, actions, source, before)
        check(dialect.official(found), report)
    for note in notes.errors:
        report.add(note.code, note.message, note.span, note.hint)
    left = _again(found, actions, source).codes
    kept = [n for n in first.warnings if left[n.code] and n.remedy not in remedies]
    for note in kept:
        report.add(note.code, note.message, note.span, note.hint, note.weight)
    rewrites = len(first.warnings) - len(kept)
    return Normalized(render(source, found), actions, rewrites)


def _parted(
    source: Source, split: Callable[[Source], Parted] = part
) -> tuple[Source, tuple[JsonValue, ...]]:
    parted = split(source)
    return source.with_data(parted.data), tuple(parted.actions)


def _built(
    source: Source, report: Report, unwritten: Source | None = None
) -> Capability | None:
    """What ``source`` gives with everything that is laid over it; None for errors."""
    laid, applied = overlay.apply(source, report, unwritten=unwritten)
    job = Job(source.file, "normalized", options=Options(allow_scripts=True))
    done = lowered(job, laid, applied, report, Stages())
    return None if done is None else done.capability


@dataclass(frozen=True, slots=True)
class _Again:
    """What a canonical document and its overlay give, and how often each code is noted.

    ``beside`` are the places of what an overlay can have instead.
    """

    capability: Capability | None
    codes: Counter[str]
    beside: tuple[NodePath, ...]


def _again(found: Source, actions: tuple[JsonValue, ...], source: Source) -> _Again:
    """Build what is to be written in the place of ``source``."""
    report = Report()
    written = parse(source.file, render(source, found), report)
    over = parse(source.file, merged({}, actions), report) if actions else None
    capability = None if written is None else _built(written, report, over)
    notes = report.warnings
    beside = [n.remedy.path for n in notes if n.remedy and n.remedy.beside]
    return _Again(capability, Counter(note.code for note in notes), tuple(beside))


def _helped(again: _Again, before: Capability | None, first: Report) -> bool:
    """Whether remedies leave what is built, and none of the notes that have one."""
    left: Counter[str] = Counter()
    codes = set()
    for note in first.warnings:
        if note.remedy is None or note.remedy.beside:
            left[note.code] += 1
        else:
            codes.add(note.code)
    return again.capability == before and all(again.codes[c] <= left[c] for c in codes)


def _beside(
    found: Source,
    actions: tuple[JsonValue, ...],
    source: Source,
    before: Capability | None,
) -> tuple[Source, tuple[JsonValue, ...]]:
    """``found`` without what an overlay can have instead, where that leaves what is built."""
    again = _again(found, actions, source)
    data, added = without_tails(found.data, again.beside)
    if added:
        shorter, more = found.with_data(data), (*added, *actions)
        if _again(shorter, more, source).capability == before:
            return shorter, more
    return found, actions


def merged(overlay: JsonObject, actions: tuple[JsonValue, ...]) -> bytes:
    """An overlay that begins with ``actions``, and goes on with those of ``overlay``."""
    own = overlay.get("actions")
    every = [*actions, *(own if isinstance(own, list) else [])]
    whole: JsonObject = {
        "overlay": "1.0.0",
        "info": {"title": _TITLE, "version": "1.0.0"},
        **overlay,
        "actions": every,
    }
    return yaml_text.dump(whole)
