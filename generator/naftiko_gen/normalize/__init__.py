"""The canonical document of a capability: what its deviations were read as, written out.

A document of this kind builds without a note of the dialect, to the same package as the one it
was made of. What the format has no words for goes to an overlay beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from naftiko_gen import dialect, overlay, versions, yaml_text
from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import Capability, JsonObject, JsonValue
from naftiko_gen.options import Options
from naftiko_gen.pipeline import Job, lowered
from naftiko_gen.schema import check
from naftiko_gen.source import Source, parse
from naftiko_gen.stages import Stages

from .beside import Parted, part, signed
from .laid import rewritten
from .remedies import remedied
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
    remedies = [d.remedy for d in first.warnings if d.remedy is not None]
    versioned = versions.apply(source, notes)
    if versioned.written is not None:
        notes = Report()
        plain, actions = _parted(source, signed)
        found = versions.apply(plain, notes).written or plain
    else:
        whole = rewritten(versioned.source, notes)
        found, actions = _parted(remedied(whole, remedies))
        if remedies and _again(render(source, found), actions, source)[0] != before:
            # What is laid over the document has moved what the notes are about.
            remedies = []
            found, actions = _parted(whole)
        check(dialect.official(found), report)
    for note in notes.errors:
        report.add(note.code, note.message, note.span, note.hint)
    text = render(source, found)
    _, left = _again(text, actions, source)
    kept = [n for n in first.warnings if n.code in left and n.remedy not in remedies]
    for note in kept:
        report.add(note.code, note.message, note.span, note.hint, note.weight)
    return Normalized(text, actions, len(first.warnings) - len(kept))


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


def _again(
    text: bytes, actions: tuple[JsonValue, ...], source: Source
) -> tuple[Capability | None, set[str]]:
    """What a canonical document and its overlay give, and the codes of the warnings."""
    report = Report()
    found = parse(source.file, text, report)
    if found is None:
        return None, set()
    unwritten = parse(source.file, merged({}, actions), report) if actions else None
    capability = _built(found, report, unwritten)
    return capability, {note.code for note in report.warnings}


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
