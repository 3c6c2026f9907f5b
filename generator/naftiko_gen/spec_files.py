"""The capabilities that a folder or a pattern stands for, in one order everywhere.

A folder is searched to its depths. Hidden folders, packages that were generated (they hold a copy
of their spec) and links to folders are left out, and so is every file that says it is something
else; what is left counts as a capability, because a faulty one must be told about.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from glob import glob, has_magic

from .lock import NAME as LOCK

_ENDINGS = (".yaml", ".yml", ".json")
_MAX_READ = 2 * 1024 * 1024
#: Sought behind a line feed: that is found in no time, the beginning of a line is not.
_KEY = re.compile(r"""\n["']?([A-Za-z$][\w$-]*)["']?[ \t]*:""")
#: JSON has too many uses: only what has the stamp of the format is one of ours.
_STAMPED = re.compile(r'"(?:naftiko|ikanos)"\s*:')
#: Root keys of other kinds of documents that lie beside capabilities.
_OTHERS = frozenset({"overlay", "openapi", "swagger", "asyncapi", "arazzo"})
_STAMPS = frozenset({"naftiko", "ikanos"})
_SHARED = frozenset({"consumes", "exposes", "aggregates", "binds"})


def expand(pattern: str) -> list[str]:
    """The files that an argument stands for: those in a folder, those that match, or itself."""
    if os.path.isdir(pattern):
        return below(pattern)
    if os.path.lexists(pattern) or not has_magic(pattern):
        return [pattern]
    matched = glob(pattern, recursive=True)
    return _ordered(p for p in matched if os.path.isfile(p) and not is_other(p))


def below(folder: str) -> list[str]:
    """The capabilities in and below a folder."""
    found: list[str] = []
    for here, folders, names in os.walk(folder):
        if LOCK in names and here != folder:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (os.path.join(here, name) for name in names if name[0] != ".")
        found += (p for p in paths if p.endswith(_ENDINGS) and os.path.isfile(p))
    return _ordered(path for path in found if not is_other(path))


def is_other(path: str) -> bool:
    """Whether a file is a sidecar, a shared part for others to import, or no capability at all."""
    if os.path.splitext(path)[0].endswith(".overlay"):
        return True
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as stream:
            text = stream.read(_MAX_READ)
    except OSError:
        return False
    if path.endswith(".json"):
        return not _STAMPED.search(text)
    keys = set(_KEY.findall(f"\n{text}"))
    shared = keys & _STAMPS and keys & _SHARED and "capability" not in keys
    return bool(keys & _OTHERS or shared)


def unique(paths: Iterable[str]) -> list[str]:
    """The paths, without those that name a file a second time."""
    found: dict[str, str] = {}
    for path in paths:
        found.setdefault(os.path.normpath(path), path)
    return list(found.values())


def _ordered(paths: Iterable[str]) -> list[str]:
    return sorted(paths, key=lambda path: os.path.normpath(path).split(os.sep))
