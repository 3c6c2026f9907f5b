"""W123: a list of binds is empty."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import capability
from .rule import Finding, Rule, without


def _find(source: Source) -> Iterator[Finding]:
    if not isinstance(source.data, dict):
        return
    for path, node in (((), source.data), *capability(source.data)):
        if node.get("binds", ...) in ([], None):
            message = "an empty `binds`: nothing is bound"
            yield Finding((*path, "binds"), message, edits=(without(path, "binds"),))


RULE = Rule(
    "W123",
    _find,
    "binds: []\ncapability: {}\n",
    "capability: {}\n",
)
