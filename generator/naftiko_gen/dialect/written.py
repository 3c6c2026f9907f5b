"""What stands in a file itself, and what was laid over it."""

from __future__ import annotations

from naftiko_gen.diagnostics import Span
from naftiko_gen.source import NodePath, Source

#: What a scalar of YAML has only where it is not written as it reads.
_ESCAPES = ("\n", "\\", "''")


def is_written(source: Source, starts: tuple[int, ...], path: NodePath) -> bool:
    """Whether the key at ``path`` stands in the file itself, and was not laid over it.

    ``starts`` are the offsets of the lines of the file.
    """
    return _text(source, starts, source.span(path, key=True)) == path[-1]


def is_said(
    source: Source, starts: tuple[int, ...], path: NodePath, value: str
) -> bool:
    """Whether the ``value`` at ``path`` stands in the file itself, and was not laid over it."""
    text = _text(source, starts, source.span(path))
    # What is folded or escaped is not read again: it is taken for what it stands for.
    return text == value or bool(text) and any(sign in text for sign in _ESCAPES)


def _text(source: Source, starts: tuple[int, ...], span: Span) -> str:
    if span.file != source.file:
        return ""
    start = starts[span.start.line - 1] + span.start.column - 1
    end = starts[span.end.line - 1] + span.end.column - 1
    return source.text[start:end].strip("'\"")
