"""W122: the info block says things that no package needs."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import member
from .rule import Finding, Rule, without

_KEYS = ("title", "name", "personas", "version", "contact")


def _find(source: Source) -> Iterator[Finding]:
    if not isinstance(source.data, dict):
        return
    for path, info in member(((), source.data), "info"):
        for key in info:
            if key in _KEYS:
                message = f"`{key}` in the info block: it is not read"
                yield Finding((*path, key), message, edits=(without(path, key),))


RULE = Rule(
    "W122",
    _find,
    "info: {label: Orders, personas: [Buyer]}\n",
    "info: {label: Orders}\n",
)
