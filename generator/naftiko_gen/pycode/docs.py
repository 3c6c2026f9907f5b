"""Docstrings and comments: prose from outside inside Python source."""

from __future__ import annotations

import re
import textwrap

from .code import Code
from .strings import LINE_LENGTH, escape_odd, width

_QUOTES = '"""'
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
# Comments that formatters, type checkers, linters or the Python tokenizer obey.
_DIRECTIVE = re.compile(
    r"^\s*!|\b(fmt|yapf|isort|ruff|flake8|mypy|pyright|pylint|pragma)\s*:"
    r"|\btype\s*:|\bno(qa|sec)\b|coding[:=]|-\*-|\bvim?\s*:",
    re.IGNORECASE,
)


def _printable(line: str) -> str:
    """One line with its tabs expanded, trailing space dropped, the rest escaped where needed."""
    escaped = line.expandtabs(4).rstrip().replace("\\", "\\\\")
    escaped = _CONTROL.sub(lambda match: ascii(match.group())[1:-1], escaped)
    return escape_odd(escaped).replace(_QUOTES, '\\"\\"\\"')


def _wrapped(line: str, columns: int) -> list[str]:
    """``line`` in lines of at most ``columns``, each at its indentation; words stay whole."""
    if width(line) <= columns:
        return [line]
    margin = line[: len(line) - len(line.lstrip(" "))]
    lines: list[str] = []
    current = margin
    for word in line.split():
        longer = f"{current} {word}" if current != margin else margin + word
        if current != margin and width(longer) > columns:
            lines.append(current)
            longer = margin + word
        current = longer
    return [*lines, current]


def docstring(text: str, indent: int = 4) -> Code:
    """``text`` as a docstring literal at ``indent`` spaces, wrapped to the line length.

    The value has the words of ``text``; line ends, tabs and trailing spaces are normalised as in
    PEP 257. A text without a word gives a docstring of one space, as black does. Raises
    ValueError for text with surrogates, which no file can hold.
    """
    text.encode("utf-8")
    first, *rest = (_printable(line) for line in _LINE_BREAK.split(text.strip()))
    first = first.lstrip(" ")
    rest = textwrap.dedent("\n".join(rest)).split("\n") if rest else []
    if first.startswith('"'):
        first = "\\" + first
    columns = LINE_LENGTH - indent - len(_QUOTES)
    head, *more = _wrapped(first, columns if rest else columns - len(_QUOTES))
    if not (rest or more):
        # A space keeps a quote at the end apart from the closing ones.
        space = " " if head.endswith('"') or not head else ""
        return Code(f"{_QUOTES}{head}{space}{_QUOTES}")
    for line in rest:
        more.extend(_wrapped(line, LINE_LENGTH - indent))
    margin = " " * indent
    lines = [head, *(margin + line if line else "" for line in more), margin]
    return Code(_QUOTES + "\n".join(lines) + _QUOTES)


def comment(text: str, indent: int = 0) -> Code:
    """``text`` as comment lines at ``indent`` spaces (the first line's own indent not included).

    Raises ValueError for text that a tool would obey (``noqa``, ``type: ignore``, an encoding),
    and for an empty one.
    """
    text.encode("utf-8")
    lines: list[str] = []
    for line in _LINE_BREAK.split(text.strip()):
        plain = " ".join(line.split())
        escaped = escape_odd(
            _CONTROL.sub(lambda match: ascii(match.group())[1:-1], plain)
        )
        lines.extend(_wrapped(escaped, LINE_LENGTH - indent - 2))
    if _DIRECTIVE.search(text) or not any(lines):
        raise ValueError(f"not a comment for people: {text!r}")
    return Code(("\n" + " " * indent).join(f"# {line}".rstrip() for line in lines))
