"""W128: a consumed operation has an `id` in the place of its name."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import consumed_operations, consumes_blocks, count_of, name_in
from .rule import Finding, Rule, renamed


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        found = [
            path
            for path, node in consumed_operations(block)
            if "name" not in node and isinstance(node.get("id"), str)
        ]
        if found:
            yield Finding(
                (*found[0], "id"),
                f"{count_of(len(found), 'operation')} of {name_in(block[1])} with `id`: "
                "read as `name`",
                edits=tuple(renamed(path, "id", "name") for path in found),
            )


RULE = Rule(
    "W128",
    _find,
    """\
consumes:
  - resources: [{operations: [{id: list-orders, method: GET}]}]
""",
    """\
consumes:
  - resources: [{operations: [{name: list-orders, method: GET}]}]
""",
)
