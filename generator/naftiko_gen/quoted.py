"""Expressions of Python templates that stand where a text of a spec could become code."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_QUOTED = re.compile(
    r'"""[\s\S]*?"""|'
    r"'''[\s\S]*?'''|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'(?:[^'\\\n]|\\.)*'|#[^\n]*"
)


def quoted(template: str) -> Iterator[int]:
    """The line of each expression inside quotes or a comment.

    What a filter makes of a text is a whole literal, which would end the quotes around it.
    """
    plain = _EXPRESSION.sub(_marked, _STATEMENT.sub(_lines, template))
    for found in _QUOTED.finditer(plain):
        before = found.group().partition("\0")
        if before[1]:
            yield plain.count("\n", 0, found.start()) + before[0].count("\n") + 1


def _lines(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def _marked(found: re.Match[str]) -> str:
    return f"\0{_lines(found)}"
