"""What the packages of many specs are called: no two alike, and the same in every run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .lock import sha256
from .names import kebab, words

_DEPTH = 6


def distinct(specs: Sequence[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """A name for each spec, none of which is ``taken``.

    It is made of the words of the file's name. Specs that would have the same one get the words
    of the folders above them as well, as few as tell them apart; where these cannot, or where a
    file's name has no word, a digest of the path does. The order of the specs plays no part.
    """
    fixed = set(taken)
    found = {spec: _plain(spec) for spec in specs}
    used = Counter([*found.values(), *fixed])
    groups: dict[str, list[str]] = {}
    for spec, name in found.items():
        if used[name] > 1:
            groups.setdefault(name, []).append(spec)
    fixed.update(name for name, number in used.items() if number == 1)
    for _, group in sorted(groups.items()):
        names = _told_apart(group, fixed)
        fixed.update(names.values())
        found.update(names)
    return found


def _told_apart(group: Sequence[str], taken: set[str]) -> Mapping[str, str]:
    for depth in range(1, _DEPTH):
        names = {spec: _with_folders(spec, depth) for spec in group}
        if len(set(names.values())) == len(group) and taken.isdisjoint(names.values()):
            return names
    return {spec: f"{_plain(spec)}-{_digest(spec)}" for spec in group}


def _plain(spec: str) -> str:
    stem = os.path.splitext(os.path.basename(spec))[0]
    return kebab(stem) if words(stem) else f"capability-{_digest(spec)}"


def _with_folders(spec: str, depth: int) -> str:
    folder, file = os.path.split(os.path.normpath(spec))
    above = [part for part in folder.split(os.sep) if part not in ("", os.pardir, ".")]
    return kebab(" ".join([*above[-depth:], os.path.splitext(file)[0]]))


def _digest(spec: str) -> str:
    return sha256(
        os.path.normpath(spec).replace(os.sep, "/").encode("utf-8", "replace")
    )[:8]
