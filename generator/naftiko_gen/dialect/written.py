"""What stands in a file itself, and what was laid over it."""

from __future__ import annotations

from naftiko_gen.source import NodePath, Source


def is_written(source: Source, starts: tuple[int, ...], path: NodePath) -> bool:
    """Whether the key at ``path`` stands in the file itself, and was not laid over it.

    ``starts`` are the offsets of the lines of the file.
    """
    span = source.span(path, key=True)
    if span.file != source.file:
        return False
    start = starts[span.start.line - 1] + span.start.column - 1
    end = starts[span.end.line - 1] + span.end.column - 1
    return source.text[start:end].strip("'\"") == path[-1]
