"""W130: a parameter does not say which part of the request it is in."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import (
    JsonObject,
    Place,
    adapters,
    consumes_blocks,
    entries,
    text_of,
)
from .rule import Finding, Rule, having

_READING = ("GET", "HEAD", "DELETE")


def _find(source: Source) -> Iterator[Finding]:
    for block in (*consumes_blocks(source.data), *adapters(source.data, "rest")):
        for resource in entries(block, "resources"):
            for operation in entries(resource, "operations"):
                yield from _placed(operation, resource[1])


def _placed(operation: Place, resource: JsonObject) -> Iterator[Finding]:
    node = operation[1]
    url = text_of(resource, "path") + text_of(node, "path")
    for path, item in entries(operation, "inputParameters"):
        name = text_of(item, "name")
        if "in" in item or not name:
            continue
        place = "query" if node.get("method", "GET") in _READING else "body"
        if f"{{{name}}}" in url:
            place = "path"
        yield Finding(
            (*path, "name"),
            f"`{name}` does not say where it is sent: `in: {place}`",
            edits=(having(path, "in", place, "name"),),
        )


RULE = Rule(
    "W130",
    _find,
    """\
consumes:
  - resources:
      - path: /orders/{id}
        operations: [{method: GET, inputParameters: [{name: id}]}]
""",
    """\
consumes:
  - resources:
      - path: /orders/{id}
        operations: [{method: GET, inputParameters: [{name: id, in: path}]}]
""",
)
