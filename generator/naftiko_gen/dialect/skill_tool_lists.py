"""W146: the tools that a skill allows have commas between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import adapters, entries, text_of
from .rule import Finding, Rule, replaced


def _find(source: Source) -> Iterator[Finding]:
    for adapter in adapters(source.data, "skill"):
        for path, skill in entries(adapter, "skills"):
            written = text_of(skill, "allowed-tools")
            # A comma between parentheses is a part of one tool.
            spaced = re.sub(r"\s*,\s*(?![^()]*\))", " ", written).strip()
            if spaced != written:
                yield Finding(
                    (*path, "allowed-tools"),
                    "`allowed-tools` with commas: spaces are between its tools",
                    edits=(replaced((*path, "allowed-tools"), spaced),),
                )


RULE = Rule(
    "W146",
    _find,
    """\
capability:
  exposes: [{type: skill, skills: [{allowed-tools: 'list-orders,get-order'}]}]
""",
    """\
capability:
  exposes: [{type: skill, skills: [{allowed-tools: list-orders get-order}]}]
""",
)
