"""W135: a body that is one text is written as a map of one member."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, Origin, Source

from .places import JsonObject, consumed_operations, consumes_blocks, member, text_of
from .rule import Edit, Finding, Rule, replaced

_FORMAT = ("text", "xml", "sparql")
_OTHERS = {
    "yaml": "application/yaml",
    "binary": "application/octet-stream",
    "octet-stream": "application/octet-stream",
}


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        for operation in consumed_operations(block):
            for path, body in member(operation, "body"):
                kind, data = text_of(body, "type"), body.get("data")
                media = _OTHERS.get(kind, kind if "/" in kind else "")
                single = isinstance(data, dict) and len(data) == 1
                value: JsonValue = data
                if isinstance(data, dict) and single:
                    [(key, value)] = data.items()
                    was = Origin((*path, "data", key))
                else:
                    was = Origin((*path, "data"))
                if not isinstance(value, str) or not (media or kind in _FORMAT):
                    continue
                if kind in _FORMAT and single:
                    where = (*path, "data")
                    edit = Edit(where, replaced(where, value).change, {where: was})
                    message = f"a body of type `{kind}` with one member: it is the text"
                elif media:
                    edit = Edit(operation[0], _Raw(value, media), {path: was})
                    message = f"a body of type `{kind}`: it is sent as `{media}`"
                else:
                    continue
                yield Finding((*path, "type"), message, edits=(edit,))


class _Raw:
    """The body is a text, and a header says what kind."""

    def __init__(self, value: str, media: str) -> None:
        self._value, self._media = value, media

    def __call__(self, node: JsonValue) -> JsonValue:
        if not isinstance(node, dict):
            return node
        items = node.get("inputParameters")
        before = items if isinstance(items, list) else []
        named = any(
            isinstance(item, dict) and text_of(item, "name").lower() == "content-type"
            for item in before
        )
        header: JsonObject = {"name": "Content-Type", "in": "header"}
        header["value"] = self._media
        added: list[JsonValue] = [] if named else [header]
        return {**node, "inputParameters": [*before, *added], "body": self._value}


RULE = Rule(
    "W135",
    _find,
    """\
consumes:
  - resources:
      - operations:
          - body: {type: text, data: {query: '{{tools.query}}'}}
""",
    """\
consumes:
  - resources:
      - operations:
          - body: {type: text, data: '{{tools.query}}'}
""",
)
