"""Where the files that a spec imports stand in its package."""

from __future__ import annotations

import re

from .source import Source


def copies(source: Source) -> dict[str, bytes]:
    """The files that the spec imports, byte for byte, by their paths in the package.

    Below ``imported/`` they stand as they do below the folder of the spec; what leads out of
    that folder, or could not be a name everywhere, is left out of their paths.
    """
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    for file in source.inputs.of("import"):
        parts = [re.sub(r"[^A-Za-z0-9._-]", "-", part) for part in file.name.split("/")]
        path = "/".join(part for part in parts if part.strip(".")) or "file"
        unique, count = f"imported/{path}", 1
        # No path may be the folder of another.
        while any(_within(unique, other) for other in taken):
            count += 1
            unique = f"imported/{count}/{path}"
        taken.add(unique)
        found[unique] = file.content
    return found


def _within(path: str, other: str) -> bool:
    one, two = f"{path.lower()}/", f"{other.lower()}/"
    return one.startswith(two) or two.startswith(one)
