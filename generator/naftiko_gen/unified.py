"""Unified diffs of files, as `git apply` reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import lock
from .alignment import aligned

if TYPE_CHECKING:
    from .tree import Changes


def diff(
    folder: Path, files: Mapping[str, bytes], new: lock.Lock, todo: Changes
) -> str:
    """A unified diff from what stands in ``folder`` to what a build would write."""
    contents = {**files, lock.NAME: new.encode()}
    shown = folder.as_posix().lstrip("/")
    return "".join(
        line
        for path in todo.paths
        for line in unified(
            f"{shown}/{path}",
            todo.before.get(path),
            None if path in todo.removed else contents[path],
        )
    )


def unified(name: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    """The lines of a diff of one file; None stands for a file that is not there."""
    old_name = "/dev/null" if before is None else f"a/{name}"
    new_name = "/dev/null" if after is None else f"b/{name}"
    try:
        old = _lines((before or b"").decode())
        new = _lines((after or b"").decode())
    except UnicodeDecodeError:
        yield f"Binary files {old_name} and {new_name} differ\n"
        return
    hunks = list(_hunks(old, new))
    if hunks or not (old or new):
        yield f"--- {old_name}\n+++ {new_name}\n"
    for line in hunks:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """What difflib.unified_diff gives below the names."""
    for group in aligned(old, new).get_grouped_opcodes():
        (_, i, _, j, _), (_, _, i_end, _, j_end) = group[0], group[-1]
        yield f"@@ -{_range(i, i_end)} +{_range(j, j_end)} @@\n"
        for tag, i, i_end, j, j_end in group:
            if tag == "equal":
                yield from (f" {line}" for line in old[i:i_end])
                continue
            yield from (f"-{line}" for line in old[i:i_end])
            yield from (f"+{line}" for line in new[j:j_end])


def _range(start: int, end: int) -> str:
    if end - start == 1:
        return str(start + 1)
    return f"{start + 1 if end > start else start},{end - start}"


def _lines(text: str) -> list[str]:
    # Not splitlines(): a form feed or a U+2028 inside a text does not end a line of a diff.
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
