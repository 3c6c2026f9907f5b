"""The folder in which things that were costly to find out are remembered between runs.

Nothing in it decides what is emitted: without it a run gives the same bytes, later. Every failure
to read or write it is therefore silent.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def folder() -> Path | None:
    """The user's cache folder: ``NAFTIKO_GEN_CACHE_DIR``, else below ``XDG_CACHE_HOME``.

    An empty ``NAFTIKO_GEN_CACHE_DIR`` switches the cache off. None when there is no usable place.
    """
    own = os.environ.get("NAFTIKO_GEN_CACHE_DIR")
    if own is not None:
        return Path(own) if own else None
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):
        return Path(base) / "naftiko-gen"
    home = os.path.expanduser("~")
    return Path(home) / ".cache" / "naftiko-gen" if os.path.isabs(home) else None


def read(name: str) -> bytes | None:
    """The content kept under ``name`` (a relative path), or None."""
    base = folder()
    if base is None:
        return None
    try:
        return (base / name).read_bytes()
    except OSError:
        return None


def write(name: str, content: bytes) -> None:
    """Keep ``content`` under ``name``; readers see the old content or the new, never a part."""
    base = folder()
    if base is None:
        return
    target = base / name
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(temporary, target)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
