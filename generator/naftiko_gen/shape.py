"""Whether generated Python may have left black's shape, found without asking black.

Templates and ``pycode`` print what black leaves alone. What they cannot know is how long a name is
that a template puts into a line of its own, so these places are looked for: lines that are too long
and could be split, brackets that were opened although their content fits into one line, blank
lines and spaces too many. A doubt costs a call of black; the tests compare every file of many
packages with what black makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .pycode.strings import LINE_LENGTH, width

_STRING = r"""[brf]{0,2}(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_NAME = r"[A-Za-z_]\w*"
#: A line that nobody can split: a string or a name in brackets, with its label; or a comment.
_WHOLE = re.compile(
    rf"\s*(?:(?:{_NAME}=|{_STRING}: )?(?:{_STRING}|{_NAME}(?:\.{_NAME})?),|#.*)"
)
#: Spaces at the end of a line, and blank lines where there are none.
_BLANK = (" \n", "\t\n", "\n\n\n\n", "(\n\n", "[\n\n", "{\n\n", ",\n\n")
#: A call in parentheses of its own, which black would rather open itself.
_WRAPPED = re.compile(r" = \(\n[^\n]*\)\n *\)\n")
_QUOTES = '"""'
_CLOSING = (")", "]", "}")
_CLOSED = re.compile(r"\n *[)\]}]")
_OPENING = ("(", "[", "{")


def doubtful(text: str) -> bool:
    """True when black may have something to change in ``text``, a module that compiles."""
    if text.startswith("\n") or text.endswith("\n\n"):
        return True
    if any(map(text.__contains__, _BLANK)) or _WRAPPED.search(text):
        return True
    if not _closes_without_comma(text) and not _has_long_lines(text):
        return False
    lines = list(_code(text))
    return any(map(_too_long, lines)) or _joinable(lines)


def _has_long_lines(text: str) -> bool:
    lines = text.split("\n")
    if max(map(len, lines)) > LINE_LENGTH:
        return True
    return not text.isascii() and any(width(line) > LINE_LENGTH for line in lines)


def _closes_without_comma(text: str) -> bool:
    """Whether a line begins with a closing bracket, and the one before ends with no comma."""
    return any(
        text[found.start() - 1] not in ",([{" for found in _CLOSED.finditer(text)
    )


def _code(text: str) -> Iterator[str]:
    """The lines outside docstrings, which black re-indents but does not wrap."""
    inside = False
    for line in text.split("\n"):
        stripped = line.lstrip(" ")
        if inside:
            inside = not line.endswith(_QUOTES)
        elif stripped.startswith(_QUOTES):
            inside = len(stripped) < 6 or not stripped.endswith(_QUOTES)
        else:
            yield line


def _too_long(line: str) -> bool:
    if len(line) <= LINE_LENGTH and (line.isascii() or width(line) <= LINE_LENGTH):
        return False
    return not _WHOLE.fullmatch(line)


def _joinable(lines: list[str]) -> bool:
    """Whether black would join a group that has no comma at its end, as it does when it fits."""
    for number, line in enumerate(lines):
        if not line.lstrip(" ").startswith(_CLOSING):
            continue
        before = lines[number - 1].rstrip()
        if before.endswith((",", *_OPENING)):
            continue
        margin = line[: len(line) - len(line.lstrip(" "))]
        first = number - 1
        while first >= 0 and (lines[first][: len(margin) + 1].endswith(" ")):
            first -= 1
        group = [part.strip(" ") for part in lines[max(first, 0) : number + 1]]
        if len(margin) + width(group[0] + " ".join(group[1:-1]) + group[-1]) <= (
            LINE_LENGTH
        ):
            return True
    return False
