"""W165: a part of the capability stands at the root, or the other way around."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import JsonObject
from .rule import Edit, Finding, Rule

_PARTS = ("consumes", "exposes", "aggregates")
_STAMP = "naftiko"


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    if not isinstance(data, dict) or _STAMP not in data:
        return
    inside = data.get("capability")
    # Without what is exposed, this is a file that others import.
    shared = inside is None and "exposes" not in data
    if shared or not isinstance(inside, dict | None):
        return
    inner: JsonObject = inside or {}
    into = [key for key in _PARTS if key in data and key not in inner]
    out = ["info"] if "info" in inner and "info" not in data else []
    if not into and not out:
        return
    moved: dict[NodePath, Origin] = {}
    moved.update((("capability", key), Origin((key,))) for key in into)
    moved.update(((key,), Origin(("capability", key))) for key in out)
    edit = Edit((), _Moved(into, out).change, moved)
    for number, key in enumerate((*into, *out)):
        path = (key,) if key in into else ("capability", key)
        place = "in `capability`" if key in into else "at the root"
        message = f"`{key}` belongs {place}: read as if it stood there"
        yield Finding(path, message, edits=() if number else (edit,))


class _Moved:
    def __init__(self, into: list[str], out: list[str]) -> None:
        self._into, self._out = into, out

    def change(self, node: JsonValue) -> JsonValue:
        if not isinstance(node, dict):
            return node
        inside = node.get("capability")
        inner: JsonObject = inside if isinstance(inside, dict) else {}
        parts = {key: node[key] for key in self._into}
        block = {k: v for k, v in {**inner, **parts}.items() if k not in self._out}
        kept = {k: v for k, v in node.items() if k not in self._into}
        for key in self._out:
            kept = {_STAMP: kept[_STAMP], key: inner[key], **kept}
        return {**kept, "capability": block}


RULE = Rule(
    "W165",
    _find,
    """\
naftiko: 1.0.0-alpha2
consumes: [{namespace: shop}]
capability: {exposes: [{type: mcp}]}
""",
    """\
naftiko: 1.0.0-alpha2
capability: {exposes: [{type: mcp}], consumes: [{namespace: shop}]}
""",
)
