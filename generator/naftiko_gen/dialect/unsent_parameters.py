"""W158: a body is written, and a parameter of it is nowhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.names import plain
from naftiko_gen.source import Source

from .operations import variables
from .places import Place, consumed_operations, consumes_blocks, entries, text_of
from .rule import Finding, Rule, having

_WITH_MEMBERS = ("json", "formUrlEncoded")
_NAME = re.compile(r"[^{}\s]+")


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        for operation in consumed_operations(block):
            yield from _unsent(operation)


def _unsent(operation: Place) -> Iterator[Finding]:
    path, node = operation
    body = node.get("body")
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(body, dict) or body.get("type") not in _WITH_MEMBERS:
        return
    if not isinstance(data, dict) or not data:
        return
    sent = {plain(name) for name in (*data, *variables(data))}
    for where, item in entries(operation, "inputParameters"):
        name = text_of(item, "name")
        if item.get("in") != "body" or "value" in item or plain(name) in sent:
            continue
        if _NAME.fullmatch(name):
            sent.add(plain(name))
            yield Finding(
                (*where, "name"),
                f"`{name}` is nowhere in the body that is written: it is sent as a member",
                "write it where it belongs in `data`",
                edits=(having((*path, "body", "data"), name, f"{{{{tools.{name}}}}}"),),
            )


RULE = Rule(
    "W158",
    _find,
    """\
consumes:
  - resources:
      - operations:
          - method: POST
            inputParameters: [{name: id, in: body}, {name: note, in: body}]
            body: {type: json, data: {order: '{{tools.id}}'}}
""",
    """\
consumes:
  - resources:
      - operations:
          - method: POST
            inputParameters: [{name: id, in: body}, {name: note, in: body}]
            body: {type: json, data: {order: '{{tools.id}}', note: '{{tools.note}}'}}
""",
)
