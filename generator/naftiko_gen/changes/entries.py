"""Entries of the ``CHANGELOG.md`` of a package: the first one, and those that are put on top of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..source import Source
from .model import KINDS, Change
from .text import TITLES, plain

_HEAD = """\
# Changelog

What changed for callers and operators, the newest first. Builds add to this file, and change nothing
that stands in it.
"""
_BEGINS = "The changelog begins here."
_SAME = "Nothing changed for callers and operators."
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: A heading as it is written here, which nobody has made his own.
_HEADING = re.compile(r"## \S+( - [0-9-]{10})?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed with a version; ``date`` is the one that the capability has, if any.

    ``note`` stands in place of changes where these are not known.
    """

    version: str
    date: str
    changes: Sequence[Change] = ()
    note: str = ""

    @property
    def heading(self) -> str:
        """The first line."""
        return f"## {self.version} - {self.date}" if self.date else f"## {self.version}"

    @property
    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """The heading of each kind of change that there is, with its lines."""
        for kind in KINDS:
            lines = [
                f"- **{plain(change.subject)}**: {plain(change.message)}"
                for change in self.changes
                if change.kind is kind
            ]
            if lines:
                yield f"### {TITLES[kind]}", lines

    @property
    def lines(self) -> list[str]:
        """All of it, with an empty line behind."""
        found = [self.heading, ""]
        if not self.changes:
            found += [self.note or _SAME, ""]
        for heading, lines in self.sections:
            found += [heading, "", *lines, ""]
        return found


def date_of(source: Source) -> str:
    """The day of the capability's last change, as it says itself; empty when it does not."""
    info = source.data.get("info") if isinstance(source.data, dict) else None
    written = info.get("modified") if isinstance(info, dict) else None
    return written if isinstance(written, str) and _DATE.fullmatch(written) else ""


def begun(version: str, date: str) -> str:
    """The changelog of a package that had none. It makes up no history."""
    entry = Entry(version, date, note=_BEGINS)
    return "\n".join([_HEAD, *entry.lines])


def put(text: str, entry: Entry) -> str:
    """The changelog with the entry on top; one of the same version takes in its changes."""
    lines = text.split("\n")
    tops = [n for n, line in enumerate(lines) if line.startswith("## ")]
    first, *others = tops or [len(lines)]
    if not tops or lines[first].split()[1:2] != [entry.version]:
        return "\n".join([*lines[:first], *entry.lines, *lines[first:]])
    own = _HEADING.fullmatch(lines[first]) is None
    heading = lines[first] if own else entry.heading
    end = others[0] if others else len(lines)
    body = lines[first + 1 : end]
    for title, changes in entry.sections:
        body = _with(body, title, [line for line in changes if line not in body])
    return "\n".join([*lines[:first], heading, *body, *lines[end:]])


def _with(body: list[str], title: str, lines: list[str]) -> list[str]:
    """The lines of an entry with some more in the section of this title."""
    if not lines:
        return body
    if title not in body:
        while body and not body[-1].strip():
            body = body[:-1]
        return [*body, "", title, "", *lines, ""]
    start = end = body.index(title) + 1
    while end < len(body) and not body[end].startswith("### "):
        end += 1
    while end > start and not body[end - 1].strip():
        end -= 1
    return [*body[:end], *lines, *body[end:]]
