"""The line of a problem as a terminal shows it, and the marks below it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_WIDTH = 100  # terminal cells of a frame's source line; longer lines are clipped
_BEFORE = 40  # cells kept to the left of the column when a line is clipped
_TAB = 4  # a tab reaches to the next multiple of this many cells


def frame(line: str, start: int, end: int) -> tuple[str, str]:
    """The visible part of ``line`` and the carets below its characters start to end."""
    start = max(0, min(start, len(line)))
    end = max(start, min(end, len(line)))
    short = start <= _WIDTH - _BEFORE and len(line) <= _WIDTH
    if short and line.isascii() and line.isprintable():
        return line, " " * start + ("^" * (end - start) or "^")
    first = _first_shown(line, start)
    shown, marks = ("…", " ") if first else ("", "")
    cell = len(shown)
    for index in range(first, len(line)):
        text = _character(line[index], cell)
        width = _cells(text)
        # Marks without width never fill the line, so characters are limited as well.
        full = cell + width >= _WIDTH or index - first >= 4 * _WIDTH
        if full and index + 1 < len(line):
            shown += "…"
            break
        shown += text
        cell += width
        if index < end:
            marks += ("^" if index >= start else " ") * width
    return shown, marks if "^" in marks else f"{marks}^"


def _first_shown(line: str, start: int) -> int:
    """The first character shown: 0, or some cells before ``start`` if that is far right."""
    if start <= _WIDTH and sum(map(_most_cells, line[:start])) <= _WIDTH - _BEFORE:
        return 0
    first, room = start, _BEFORE
    while first and room > 0 and start - first < _WIDTH:
        first -= 1
        room -= _most_cells(line[first])
    return first


def _most_cells(character: str) -> int:
    return _cells(_character(character, 0))


def _character(character: str, cell: int) -> str:
    return " " * (_TAB - cell % _TAB) if character == "\t" else visible(character)


def visible(text: str) -> str:
    """``text`` with escapes for characters that could move a cursor or turn a direction."""
    return text if text.isprintable() else "".join(_escaped(text))


def _escaped(text: str) -> Iterator[str]:
    # Not printable are controls, line breaks, marks of direction and lone surrogates.
    for character in text:
        plain = character.isprintable()
        yield character if plain else character.encode("unicode_escape").decode("ascii")


def _cells(text: str) -> int:
    return sum(map(_width, text))


def _width(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
