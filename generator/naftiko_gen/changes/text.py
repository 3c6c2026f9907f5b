"""Changes as text for a terminal, as Markdown for a pull request, and as data for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..diagnostics import Span
from .model import KINDS, Change, Kind, gravest, next_version

#: How each kind is called above its changes.
TITLES = {
    Kind.BREAKING: "Breaking",
    Kind.ADDITIVE: "Additive",
    Kind.INTERNAL: "Internal",
}
_MEANINGS = {
    Kind.BREAKING: "callers or operators have to change something",
    Kind.ADDITIVE: "nobody has to change anything",
    Kind.INTERNAL: "callers do not see it",
}
_SPECIAL = re.compile(r"([\\*_\[\]<>|~])")


@dataclass(frozen=True, slots=True)
class Changelog:
    """The changes from one file to another; ``version`` is that of the package before."""

    old: str
    new: str
    version: str
    changes: Sequence[Change]

    @property
    def proposed(self) -> str:
        """The next version of the package."""
        return next_version(self.version, gravest(self.changes))

    def of(self, kind: Kind) -> list[Change]:
        """The changes of one kind."""
        return [change for change in self.changes if change.kind is kind]

    def text(self) -> str:
        """A line for each change, with its place, and a summary."""
        return "\n".join([*self._lines(), self._summary()]) + "\n"

    def _lines(self) -> Iterator[str]:
        for change in self.changes:
            start = change.span.start
            place = f"{change.span.file}:{start.line}:{start.column}"
            yield f"{place}: {change.kind}: {change.subject}: {change.message}"

    def _summary(self) -> str:
        if not self.changes:
            return f"{self.old} and {self.new}: nothing changed for the package"
        counts = ", ".join(
            f"{len(found)} {kind}" for kind in KINDS if (found := self.of(kind))
        )
        return f"{counts}; version {self.version} should become {self.proposed}"

    def markdown(self) -> str:
        """For the body of a pull request; texts of a spec cannot format it."""
        if not self.changes:
            return "Nothing changed for the package.\n"
        gravity = gravest(self.changes)
        verdict = "**breaks callers**" if gravity is Kind.BREAKING else "breaks nobody"
        lines = [
            f"This change {verdict}. Version {self.version} should become **{self.proposed}**."
        ]
        for kind in KINDS:
            found = self.of(kind)
            if not found:
                continue
            lines += ["", f"### {TITLES[kind]}: {_MEANINGS[kind]}", ""]
            for change in found:
                said = f"**{plain(change.subject)}**: {plain(change.message)}"
                place = f"{change.span.file}:{change.span.start.line}"
                lines.append(f"- {said} ({plain(place)})")
        return "\n".join(lines) + "\n"

    def document(self) -> dict[str, object]:
        """For programs: both files, the version, and every change with its place."""
        return {
            "old": self.old,
            "new": self.new,
            "version": self.version,
            "proposedVersion": self.proposed,
            "changes": [
                {
                    "kind": change.kind.value,
                    "subject": change.subject,
                    "message": change.message,
                    "place": _place(change.span),
                    "before": None if change.before is None else _place(change.before),
                }
                for change in self.changes
            ],
        }


def _place(span: Span) -> dict[str, object]:
    return {
        "file": span.file,
        "line": span.start.line,
        "column": span.start.column,
    }


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line; code spans stay."""
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        parts = ["\\`".join(parts)]
    return "`".join(
        part if index % 2 else _SPECIAL.sub(r"\\\1", part)
        for index, part in enumerate(parts)
    )
