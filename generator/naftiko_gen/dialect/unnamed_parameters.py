"""W129: a consumed parameter has an empty name."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import consumed_operations, consumes_blocks, count_of, name_in
from .rule import Edit, Finding, Rule


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        for path, node in consumed_operations(block):
            items = node.get("inputParameters")
            if not isinstance(items, list):
                continue
            lost = [i for i, item in enumerate(items) if _nameless(item)]
            if lost:
                where = (*path, "inputParameters")
                yield Finding(
                    (*where, lost[0], "name"),
                    f"{count_of(len(lost), 'parameter')} of {name_in(node, 'name')} "
                    "without a name: nothing can be sent",
                    "name the parameter as it is on the wire",
                    edits=(_dropped(where, items, lost),),
                )


def _nameless(item: JsonValue) -> bool:
    return isinstance(item, dict) and item.get("name", ...) in ("", None)


def _dropped(path: NodePath, items: list[JsonValue], lost: list[int]) -> Edit:
    kept = [index for index in range(len(items)) if index not in lost]
    moved = {(*path, new): Origin((*path, old)) for new, old in enumerate(kept)}
    return Edit(path, lambda _: [items[index] for index in kept], moved)


RULE = Rule(
    "W129",
    _find,
    """\
consumes:
  - resources:
      - operations:
          - name: list-orders
            inputParameters: [{name: '', in: query}, {name: limit, in: query}]
""",
    """\
consumes:
  - resources:
      - operations:
          - name: list-orders
            inputParameters: [{name: limit, in: query}]
""",
)
