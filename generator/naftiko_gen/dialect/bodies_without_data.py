"""W136: a body has a type and no data, or an operation that should have one has none."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from naftiko_gen.names import plain
from naftiko_gen.source import Source

from .places import (
    JsonObject,
    Place,
    callers,
    consumed_operations,
    consumes_blocks,
    count_of,
    entries,
    member,
    name_in,
    text_of,
)
from .rule import Finding, Rule, having

_SENDING = ("POST", "PUT", "PATCH")


def _find(source: Source) -> Iterator[Finding]:
    calls = {_last_word(text_of(node, "call")) for _, node in callers(source.data)}
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
        silent = [path for path, node in _silent(block) if _matters(node, calls)]
        if silent:
            yield Finding(
                (*silent[0], "method"),
                f"{count_of(len(silent), 'operation')} of {name_in(block[1])} without a "
                "`body`: what the caller sends is passed on",
                "write what the body is made of",
                edits=tuple(
                    having(path, "body", {"type": "json", "data": {}}, "method")
                    for path in silent
                ),
            )


def _matters(operation: JsonObject, calls: Collection[str]) -> bool:
    """Whether somebody calls the operation; a file without any call is for others."""
    return not calls or plain(text_of(operation, "name")) in calls


def _last_word(call: str) -> str:
    return plain(call.rpartition(".")[2])


def _silent(block: Place) -> Iterator[Place]:
    """The operations that usually have a body, and say nothing of one."""
    for resource in entries(block, "resources"):
        for operation in entries(resource, "operations"):
            node = operation[1]
            sends = node.get("method") in _SENDING
            if sends and not {"body", "requestBody"} & node.keys():
                holders = (block, resource, operation)
                if not any(_in_body(holder) for holder in holders):
                    yield operation


def _in_body(holder: Place) -> bool:
    items = entries(holder, "inputParameters")
    return any(text_of(item, "in") == "body" for _, item in items)


RULE = Rule(
    "W136",
    _find,
    """\
consumes:
  - resources: [{operations: [{method: POST, body: {type: json}}, {method: PUT}]}]
""",
    """\
consumes:
  - resources:
      - operations:
          - {method: POST, body: {type: json, data: {}}}
          - {method: PUT, body: {type: json, data: {}}}
""",
)
