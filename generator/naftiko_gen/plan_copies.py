"""Where the files that a spec imports, and those laid over it, stand in its package."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from .source import Source


def copies(source: Source) -> dict[str, bytes]:
    """The files that the spec imports, byte for byte, by their paths in the package.

    Below ``imported/`` they stand as they do below the folder of the spec; what leads out of
    that folder, or could not be a name everywhere, is left out of their paths.
    """
    files = ((file.name, file.content) for file in source.inputs.of("import"))
    return _below("imported", files)


def overlays(files: Iterable[str]) -> dict[str, bytes]:
    """The overlays of a build, by their paths in the package."""
    return _below("overlays", ((Path(f).name, Path(f).read_bytes()) for f in files))


def _below(folder: str, files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    for name, content in files:
        parts = [re.sub(r"[^A-Za-z0-9._-]", "-", part) for part in name.split("/")]
        path = "/".join(part for part in parts if part.strip(".")) or "file"
        unique, count = f"{folder}/{path}", 1
        # No path may be the folder of another.
        while any(_within(unique, other) for other in taken):
            count += 1
            unique = f"{folder}/{count}/{path}"
        taken.add(unique)
        found[unique] = content
    return found


def _within(path: str, other: str) -> bool:
    one, two = f"{path.lower()}/", f"{other.lower()}/"
    return one.startswith(two) or two.startswith(one)
