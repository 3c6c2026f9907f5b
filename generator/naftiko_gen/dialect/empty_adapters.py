"""W139: an adapter offers nothing."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import capability, name_in, text_of
from .rule import Edit, Finding, Rule

_OFFERS = {"rest": ("resources",), "mcp": ("tools", "resources", "prompts")}


def _find(source: Source) -> Iterator[Finding]:
    for path, node in capability(source.data):
        items = node.get("exposes")
        if not isinstance(items, list):
            continue
        empty = [index for index, item in enumerate(items) if _is_empty(item)]
        others = [i for i, item in enumerate(items) if isinstance(item, dict)]
        if not empty or len(empty) == len(others):
            continue  # Without the empty ones there would be nothing to build.
        for index in empty:
            item = items[index]
            name = name_in(item) if isinstance(item, dict) else "?"
            edits = (_kept((*path, "exposes"), items, empty),)
            yield Finding(
                (*path, "exposes", index),
                f"the adapter {name} offers nothing: it is left out",
                edits=edits if index == empty[0] else (),
            )


def _is_empty(item: JsonValue) -> bool:
    if not isinstance(item, dict):
        return False
    keys = _OFFERS.get(text_of(item, "type"))
    return keys is not None and not any(item.get(key) for key in keys)


def _kept(path: NodePath, items: list[JsonValue], empty: list[int]) -> Edit:
    kept = [index for index in range(len(items)) if index not in empty]
    moved = {(*path, new): Origin((*path, old)) for new, old in enumerate(kept)}
    return Edit(path, lambda _: [items[index] for index in kept], moved)


RULE = Rule(
    "W139",
    _find,
    """\
capability:
  exposes:
    - {type: rest, resources: []}
    - {type: mcp, tools: [{name: list-orders}]}
""",
    """\
capability:
  exposes:
    - {type: mcp, tools: [{name: list-orders}]}
""",
)
