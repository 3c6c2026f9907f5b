"""W149: a route or tool sends something that the operation does not declare."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.names import plain
from naftiko_gen.source import JsonValue, NodePath, Source

from .call_spelling import misspelt
from .operations import Known, passes
from .places import JsonObject, Place, callers, entries, member, text_of
from .rule import Edit, Finding, Rule, having

_WITH_MEMBERS = ("json", "formUrlEncoded")
_NAME = re.compile(r"[^{}\s]+")
_READING = ("GET", "HEAD", "DELETE")


def _find(source: Source) -> Iterator[Finding]:
    known = Known(source.data)
    added: set[tuple[NodePath, str]] = set()
    for place in callers(source.data):
        operation = known.operation(place[1])
        names = known.inputs(place[1])
        if operation is None or names is None:
            continue
        for path, name, kind in _extras(place, names):
            where, edit = _sent(operation, name, kind)
            first = (operation[0], name) not in added
            added.add((operation[0], name))
            yield Finding(
                path,
                f"`{text_of(place[1], 'call')}` declares no `{name}`: it is sent in {where}",
                "declare it among the `inputParameters` of the operation",
                edits=(edit,) if first else (),
            )


def _sent(operation: Place, name: str, kind: str) -> tuple[str, Edit]:
    """Where a value called ``name`` is sent, and what says so."""
    path, node = operation
    if node.get("method", "GET") not in _READING:
        body = node.get("body")
        if body is None or passes(body):
            return "the JSON body", _declared(path, name, "body", kind)
        if isinstance(body, dict) and body.get("type") in _WITH_MEMBERS:
            data = body.get("data")
            if isinstance(data, dict) and _NAME.fullmatch(name):
                edit = having((*path, "body", "data"), name, f"{{{{tools.{name}}}}}")
                return "the body", edit
    return "the query", _declared(path, name, "query", kind)


def _extras(place: Place, names: list[str]) -> Iterator[tuple[NodePath, str, str]]:
    """The keys of `with` that nothing takes."""
    for path, given in member(place, "with"):
        for key in given:
            # One that is nearly the name of another is a misspelling, which is refused.
            if key not in names and not misspelt(key, names):
                yield (*path, key), key, ""
    if "with" in place[1] or any(name != "body" for name in names):
        return  # An operation that says what it takes has not forgotten all of it.
    for path, item in entries(place, "inputParameters"):
        name = text_of(item, "name")
        sent = name and item.get("in") in (None, "query", "path", "body")
        if sent and not any(plain(n) == plain(name) for n in names):
            yield (*path, "name"), name, text_of(item, "type")


def _declared(path: NodePath, name: str, where: str, kind: str) -> Edit:
    item: JsonObject = {"name": name, "in": where}
    if kind:
        item["type"] = kind

    def change(node: JsonValue) -> JsonValue:
        if not isinstance(node, dict):
            return node
        items = node.get("inputParameters")
        before = items if isinstance(items, list) else []
        kept = dict(node)
        if where == "body" and "body" in kept:
            del kept["body"]  # It was empty: these are its members.
        return {**kept, "inputParameters": [*before, item]}

    return Edit(path, change)


RULE = Rule(
    "W149",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      resources: [{path: /orders, operations: [{name: list, method: GET}]}]
  exposes:
    - {type: mcp, tools: [{call: shop.list, with: {limit: tools.limit}}]}
""",
    """\
capability:
  consumes:
    - namespace: shop
      resources:
        - path: /orders
          operations:
            - name: list
              method: GET
              inputParameters: [{name: limit, in: query}]
  exposes:
    - {type: mcp, tools: [{call: shop.list, with: {limit: tools.limit}}]}
""",
)
