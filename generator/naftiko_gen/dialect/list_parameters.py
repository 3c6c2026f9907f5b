"""W155: a list or an object is sent outside of a body."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import NodePath, Source

from .places import (
    consumed_inputs,
    consumes_blocks,
    count_of,
    name_in,
)
from .rule import Finding, Rule, replaced

_TEXTS = ("query", "header", "path", "cookie")
_KINDS = ("array", "object")


def _find(source: Source) -> Iterator[Finding]:
    for holder in consumes_blocks(source.data):
        found: list[NodePath] = [
            (*path, "type")
            for path, item in consumed_inputs(holder)
            if item.get("in") in _TEXTS and item.get("type") in _KINDS
        ]
        if found:
            yield Finding(
                found[0],
                f"{count_of(len(found), 'list or object', 'lists or objects')} of "
                f"{name_in(holder[1])} outside of a body: callers give the text that is sent",
                "say in its description how the upstream wants it: a,b,c for example",
                at_key=False,
                edits=tuple(replaced(path, "string") for path in found),
            )


RULE = Rule(
    "W155",
    _find,
    """\
consumes:
  - resources:
      - operations: [{inputParameters: [{name: ids, in: query, type: array}]}]
""",
    """\
consumes:
  - resources:
      - operations: [{inputParameters: [{name: ids, in: query, type: string}]}]
""",
)
