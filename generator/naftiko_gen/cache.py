"""The folder in which things that were costly to find out are remembered between runs.

Nothing in it decides what is emitted: without it a run gives the same bytes, later. Every failure
to read or write it is therefore silent. Once a day, what nobody has used for a month is removed,
and the oldest of what is too much.
"""

from __future__ import annotations

import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: The folders of it; whatever else stands in a folder that somebody chose is not ours.
KINDS = ("black", "findings", "templates")
_MARK = "tidied"
_DAY = 24 * 60 * 60.0
#: Seconds that an entry stays without being used, and how many, and how many bytes, there may be.
_AGE = 30 * _DAY
_ENTRIES = 50_000
_BYTES = 200 * 1024 * 1024
#: What an entry takes on a disk at least.
_BLOCK = 4096


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
        with open(base / name, "rb", buffering=0) as stream:
            used = os.fstat(stream.fileno()).st_mtime
            content = stream.read()
        if time.time() - used > _DAY:
            with suppress(OSError):
                os.utime(base / name)
        return content
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


def tidy() -> None:
    """Remove what is old and what is too much, unless somebody has done so within a day.

    Other processes may read, write and tidy at the same time: an entry that is gone is made again.
    """
    base = folder()
    if base is None:
        return
    now = time.time()
    mark = base / _MARK
    try:
        if now - mark.stat().st_mtime < _DAY:
            return
    except OSError:
        if not base.is_dir():
            return
    # Set before the work, so that runs that end together do not all do it.
    with suppress(OSError):
        mark.touch()
        _shrink(sorted(_entries(base), reverse=True), now)


def _shrink(entries: list[tuple[float, int, str]], now: float) -> None:
    """Remove entries (when used, size, path; the latest first) that are beyond a bound."""
    total = 0
    for number, (used, size, path) in enumerate(entries):
        total += max(size, _BLOCK)
        if number >= _ENTRIES or total > _BYTES or now - used > _AGE:
            with suppress(OSError):
                os.unlink(path)
            with suppress(OSError):
                os.rmdir(os.path.dirname(path))  # Only when it was the last one.


def _entries(base: Path) -> Iterator[tuple[float, int, str]]:
    for kind in KINDS:
        if os.path.islink(base / kind):
            continue
        for place, _, names in os.walk(base / kind):
            for name in names:
                path = os.path.join(place, name)
                with suppress(OSError):
                    found = os.lstat(path)
                    if stat.S_ISREG(found.st_mode):
                        yield found.st_mtime, found.st_size, path
