"""Unified diffs of files, as `git apply` reads them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from . import lock

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
    if not old and not new:
        yield f"--- {old_name}\n+++ {new_name}\n"
    for line in difflib.unified_diff(old, new, old_name, new_name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    # Not splitlines(): a form feed or a U+2028 inside a text does not end a line of a diff.
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
