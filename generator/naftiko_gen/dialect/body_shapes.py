"""W174: a body is written without its type, or what it is made of under another key."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import JsonObject, consumed_operations, consumes_blocks, text_of
from .rule import Edit, Finding, Rule

_BODIES = ("body", "payload", "data", "requestBody")
_DATA = ("data", "body", "content", "template", "value", "payload", "parts", "fields")
_TYPES = ("type", "contentType", "mediaType", "content-type", "format")
_OTHERS = ("required", "description")


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        for path, node in consumed_operations(block):
            key = next((key for key in _BODIES if key in node), None)
            if key is None:
                continue
            body = node[key]
            if key == "requestBody" and not _is_body(body):
                continue
            meant, moved = _meant(body, (*path, key), (*path, "body"))
            if meant == body and key == "body":
                continue
            change = _Body(key, meant).change
            moved.setdefault((*path, "body"), Origin((*path, key)))
            yield Finding(
                (*path, key),
                "a body in another shape: read as `type` and `data`",
                edits=(Edit(path, change, moved),),
            )


def _is_body(body: JsonValue) -> bool:
    """Whether what is called a request body is written as a body, and not described by a schema."""
    return isinstance(body, dict) and "data" in body and text_of(body, "type") != ""


class _Body:
    def __init__(self, key: str, meant: JsonValue) -> None:
        self._key, self._meant = key, meant

    def change(self, node: JsonValue) -> JsonValue:
        if not isinstance(node, dict):
            return node
        return {
            ("body" if k == self._key else k): self._meant if k == self._key else value
            for k, value in node.items()
        }


def _meant(
    body: JsonValue, before: NodePath, now: NodePath
) -> tuple[JsonValue, dict[NodePath, Origin]]:
    data: NodePath = (*now, "data")
    if isinstance(body, list) and body:
        return {"type": "json", "data": body}, {data: Origin(before)}
    if not isinstance(body, dict) or not body:
        return body, {}
    kind = next((key for key in _TYPES if isinstance(body.get(key), str)), None)
    rest = [key for key in body if key != kind and key not in _OTHERS]
    made = [key for key in _DATA if key in rest]
    if kind in (None, "format") and not ("data" in body and len(rest) == 1):
        # No word says that these are keys of the format: they are members of the body.
        return {"type": "json", "data": body}, {data: Origin(before)}
    if kind == "type" and (not made or made == ["data"]) or len(rest) > 1:
        extra = [key for key in _OTHERS if key in body]
        if kind != "type" or not extra or len(rest) > 1:
            return body, {}
    found: JsonObject = {"type": body[kind] if kind else "json"}
    moved = {(*now, "type"): Origin((*before, kind or rest[0]))}
    if made:
        found["data"] = body[made[0]]
        moved[data] = Origin((*before, made[0]))
    return found, moved


RULE = Rule(
    "W174",
    _find,
    """\
consumes:
  - resources:
      - operations: [{name: add, method: POST, body: {item: '{{tools.item}}'}}]
""",
    """\
consumes:
  - resources:
      - operations:
          - name: add
            method: POST
            body: {type: json, data: {item: '{{tools.item}}'}}
""",
)
