"""Where a key of a TOML document stands.

The parser of the standard library gives values without places. The document has been parsed by
then, so that headers and keys can be found line by line.
"""

from __future__ import annotations

import re

from .diagnostics import Position, Span

_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'|\s*\.\s*)+?)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def span(file: str, text: str, path: tuple[str, ...]) -> Span:
    """The key at ``path``, or its nearest ancestor that is written; else the beginning."""
    best, place = 0, Span(file, Position(1, 1), Position(1, 1))
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table, found = _parts(header[1]), header
            here = table
        elif key := _KEY.match(line):
            here, found = (*table, *_parts(key[1])), key
        else:
            continue
        if len(here) > best and here == path[: len(here)]:
            best = len(here)
            start, end = found.span(1)
            place = Span(file, Position(number, start + 1), Position(number, end + 1))
    return place


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(text))
