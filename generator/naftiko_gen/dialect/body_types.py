"""W134: the type of a body is written in another way."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, Origin, Source

from .places import consumed_operations, consumes_blocks, member, text_of
from .rule import Edit, Finding, Rule, replaced

_MEANT = {
    "form": "formUrlEncoded",
    "formurlencoded": "formUrlEncoded",
    "form-urlencoded": "formUrlEncoded",
    "urlencoded": "formUrlEncoded",
    "x-www-form-urlencoded": "formUrlEncoded",
    "form-data": "multipartForm",
    "graphql": "json",
    "application/x-www-form-urlencoded": "formUrlEncoded",
    "multipart": "multipartForm",
    "multipart/form-data": "multipartForm",
    "application/json": "json",
    "application/xml": "xml",
    "text/plain": "text",
}


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        for operation in consumed_operations(block):
            for path, body in member(operation, "body"):
                kind = text_of(body, "type")
                media = kind.lower().partition(";")[0].strip()
                meant = _MEANT.get(media, kind)
                if media.endswith("+json"):
                    meant = "json"
                edits = [replaced((*path, "type"), meant)] if meant != kind else []
                data = body.get("data")
                if meant == "multipartForm" and isinstance(data, dict):
                    where = (*path, "data")
                    parts: list[JsonValue] = [
                        {"name": name, "value": value} for name, value in data.items()
                    ]
                    moved = {
                        (*where, index): Origin((*where, name))
                        for index, name in enumerate(data)
                    }
                    for index, name in enumerate(data):
                        moved[*where, index, "value"] = Origin((*where, name))
                    edits.append(Edit(where, replaced(where, parts).change, moved))
                if edits:
                    message = f"a body of type `{kind}`: read as `{meant}`"
                    if meant == kind:
                        message = "a form of parts as a map: each member is a part"
                    yield Finding((*path, "type"), message, edits=tuple(edits))


RULE = Rule(
    "W134",
    _find,
    """\
consumes:
  - resources: [{operations: [{body: {type: form, data: {q: '{{tools.q}}'}}}]}]
""",
    """\
consumes:
  - resources:
      - operations: [{body: {type: formUrlEncoded, data: {q: '{{tools.q}}'}}}]
""",
)
