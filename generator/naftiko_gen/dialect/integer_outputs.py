"""W137: a consumed output is an integer."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import (
    consumed_operations,
    consumes_blocks,
    count_of,
    entries,
    name_in,
)
from .rule import Finding, Rule, replaced


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        found = [
            (*path, "type")
            for operation in consumed_operations(block)
            for path, item in entries(operation, "outputParameters")
            if item.get("type") == "integer"
        ]
        if found:
            yield Finding(
                found[0],
                f"{count_of(len(found), 'output')} of {name_in(block[1])} of type "
                "`integer`: read as `number`",
                at_key=False,
                edits=tuple(replaced(path, "number") for path in found),
            )


RULE = Rule(
    "W137",
    _find,
    """\
consumes:
  - resources: [{operations: [{outputParameters: [{type: integer}]}]}]
""",
    """\
consumes:
  - resources: [{operations: [{outputParameters: [{type: number}]}]}]
""",
)
