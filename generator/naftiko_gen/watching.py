"""Which files a build depends on, and in what state they are: what ``watch`` compares.

Files are looked at again and again. That needs no help of the operating system, so it also
works for network drives and for folders that a container shares with its host; an editor that
writes a new file and renames it is noticed like one that writes in place.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from glob import glob, has_magic
from itertools import islice
from pathlib import Path

from . import lock
from .files import MAX_ENTRIES
from .overlay import sidecar_of
from .pipeline import Job
from .project_file import NAMES

#: What tells one state of a file from another; None when it is not there.
State = Mapping[str, tuple[int, ...] | None]


def inputs(job: Job, folder: Path, named: Iterable[str]) -> frozenset[str]:
    """The paths that decide what ``job`` gives, of files that exist and of those that may.

    The spec, its overlays, the folder of templates, what the lock in ``folder`` lists, and what
    the last build has looked for (``named``).
    """
    known = lock.load(folder)
    base = os.path.dirname(os.path.abspath(job.spec))
    files = [] if known is None else [os.path.join(base, name) for name in known.files]
    found = [job.spec, *named, *files]
    sidecars = filter(None, map(sidecar_of, found))
    folder_of = job.options.templates
    more = (*job.overlays, *((folder_of,) if folder_of else ()))
    return frozenset(map(os.path.abspath, (*found, *sidecars, *more)))


def configurations(config: str | None) -> Iterator[str]:
    """Where the configuration is, or would be looked for."""
    if config is not None:
        yield os.path.abspath(config)
        return
    here = Path.cwd()
    for folder in (here, *here.parents):
        yield from (str(folder / name) for name in NAMES)


def places(patterns: Iterable[str]) -> Iterator[str]:
    """The paths that change when a new file is one more spec: folders, and what is not there."""
    for pattern in patterns:
        top = pattern.partition("**")[0] or "."
        if os.path.isdir(pattern):
            yield from _below(pattern)
        elif "**" in pattern and os.path.isdir(top):
            yield from _below(top)
        elif has_magic(pattern):
            yield from _above(pattern)
        else:
            yield pattern


def state(paths: Iterable[str], places: Iterable[str]) -> State:
    """The state of ``places``, of every path, and of all that is in those that are folders."""
    found = {place: _stamp(place) for place in places}
    for path in paths:
        found[path] = _stamp(path)
        if os.path.isdir(path):
            for inner in islice(_inside(path), MAX_ENTRIES):
                found[inner] = _stamp(inner)
    return found


def touches(changed: Iterable[str], known: Iterable[str]) -> bool:
    """Whether a path that changed is among those that are known, or inside of one."""
    places = set(known)
    return any(
        path in places or any(str(parent) in places for parent in Path(path).parents)
        for path in changed
    )


def _stamp(path: str) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


def _inside(folder: str) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        yield from (os.path.join(here, name) for name in names)


def _above(pattern: str) -> Iterator[str]:
    """The folders that match the folder of a pattern, and those in which one more would be made."""
    folder = pattern
    while has_magic(folder) or not os.path.isdir(folder or "."):
        folder = os.path.dirname(folder)
        yield from filter(os.path.isdir, glob(folder or "."))


def _below(top: str) -> Iterator[str]:
    """A folder and those below it that are searched for specs."""
    for here, inner, names in os.walk(top):
        if lock.NAME in names and here != top:
            inner.clear()
            continue
        inner[:] = [name for name in inner if not name.startswith(".")]
        yield here
