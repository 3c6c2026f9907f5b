"""W127: one consumes block is written several times."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import capability, name_in
from .rule import Edit, Finding, Rule


def _find(source: Source) -> Iterator[Finding]:
    if not isinstance(source.data, dict):
        return
    for path, node in (((), source.data), *capability(source.data)):
        blocks = node.get("consumes")
        if not isinstance(blocks, list):
            continue
        again = [
            index
            for index, block in enumerate(blocks)
            if isinstance(block, dict)
            and block.get("namespace")
            and block in blocks[:index]
        ]
        for index in again:
            block = blocks[index]
            name = name_in(block) if isinstance(block, dict) else "?"
            edits = (_dropped((*path, "consumes"), blocks, again),)
            message = f"the consumes block {name} is written again: read once"
            yield Finding(
                (*path, "consumes", index),
                message,
                edits=edits if index == again[0] else (),
            )


def _dropped(path: NodePath, blocks: list[JsonValue], again: list[int]) -> Edit:
    kept = [index for index in range(len(blocks)) if index not in again]
    moved = {(*path, new): Origin((*path, old)) for new, old in enumerate(kept)}
    return Edit(path, lambda _: [blocks[index] for index in kept], moved)


RULE = Rule(
    "W127",
    _find,
    """\
consumes:
  - {namespace: shop, baseUri: https://shop.example}
  - {namespace: shop, baseUri: https://shop.example}
""",
    """\
consumes:
  - {namespace: shop, baseUri: https://shop.example}
""",
)
