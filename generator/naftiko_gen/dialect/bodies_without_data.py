"""W136: a body has a type and no data."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import consumed_operations, consumes_blocks, count_of, member, name_in
from .rule import Finding, Rule, having


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        found = [
            path
            for operation in consumed_operations(block)
            for path, body in member(operation, "body")
            if body.get("type") == "json" and body.get("data") is None
        ]
        if found:
            yield Finding(
                (*found[0], "type"),
                f"{count_of(len(found), 'body', 'bodies')} of {name_in(block[1])} without "
                "`data`: what the caller sends is passed on",
                edits=tuple(having(path, "data", {}, "type") for path in found),
            )


RULE = Rule(
    "W136",
    _find,
    """\
consumes:
  - resources: [{operations: [{method: POST, body: {type: json}}]}]
""",
    """\
consumes:
  - resources: [{operations: [{method: POST, body: {type: json, data: {}}}]}]
""",
)
