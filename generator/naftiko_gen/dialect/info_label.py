"""W121: the capability's label is called something else, or is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from naftiko_gen.names import words
from naftiko_gen.source import Source

from .places import member
from .rule import Finding, Rule, having, renamed


def _find(source: Source) -> Iterator[Finding]:
    if not isinstance(source.data, dict):
        return
    for path, info in member(((), source.data), "info"):
        if "label" in info:
            continue
        for key in ("title", "name"):
            if isinstance(info.get(key), str):
                message = f"`{key}` in the info block: read as `label`"
                edits = (renamed(path, key, "label"),)
                yield Finding((*path, key), message, edits=edits)
                break
        else:
            stem = " ".join(words(PurePath(source.file).stem)).title() or "Capability"
            message = f"the info block has no `label`: `{stem}`, after the file"
            yield Finding(path, message, edits=(having(path, "label", stem),))


RULE = Rule(
    "W121",
    _find,
    "info: {title: Orders, description: Orders of a shop.}\n",
    "info: {label: Orders, description: Orders of a shop.}\n",
)
