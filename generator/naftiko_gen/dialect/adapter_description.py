"""W102: a REST adapter has a description."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import adapters, name_in
from .rule import Finding, Rule


def _find(source: Source) -> Iterator[Finding]:
    for path, node in adapters(source.data, "rest"):
        if "description" in node:
            yield Finding(
                (*path, "description"),
                f"REST adapter {name_in(node)} with `description`: kept, it describes "
                "the API",
            )


RULE = Rule("W102", _find)
