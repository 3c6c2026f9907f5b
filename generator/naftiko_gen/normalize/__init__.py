"""The canonical document of a capability: what its deviations were read as, written out.

A document of this kind builds without a note of the dialect, to the same package as the one it
was made of. What the format has no words for goes to an overlay beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from naftiko_gen import dialect, versions, yaml_text
from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.schema import check
from naftiko_gen.source import Source

from .beside import part
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
    """The canonical document of ``source``, as it was read and without anything laid over it.

    To ``report`` goes what is left: warnings about what cannot be written in another way, and
    errors about what the structure does not allow; their places are those of the source.
    """
    notes = Report()
    versioned = versions.apply(source, notes)
    if versioned.written is not None:
        found = whole = versioned.written
        actions = []
    else:
        whole = dialect.apply(versioned.source, notes)
        parted = part(whole.data)
        found, actions = whole.with_data(parted.data), parted.actions
        check(dialect.official(found), report)
    # What the overlay says is not missing from the document.
    rules = dialect.rules(versioned.written is not None)
    left, complete = Report(), Report()
    dialect.apply(found, left, rules)
    dialect.apply(whole, complete, rules)
    known = {(note.code, note.span) for note in complete.diagnostics}
    for note in left.diagnostics:
        if (note.code, note.span) not in known:
            continue
        report.add(note.code, note.message, note.span, note.hint, note.weight)
    for note in notes.errors:
        report.add(note.code, note.message, note.span, note.hint)
    rewritten = len(notes.diagnostics) - len(left.diagnostics)
    return Normalized(render(source, found), tuple(actions), rewritten)


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
