"""W126: a credential goes to a place, or to several, that API keys do not have."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import JsonObject, consumes_blocks, member, text_of
from .rule import Edit, Finding, Rule

_CARRIERS = ("POST", "PUT", "PATCH")


def _find(source: Source) -> Iterator[Finding]:
    for path, block in consumes_blocks(source.data):
        for where, node in member((path, block), "authentication"):
            headers = node.get("headers")
            if text_of(node, "type") != "apikey":
                continue
            if isinstance(headers, dict) and "key" not in node and headers:
                change = _Headers(path, headers)
                message = "several headers of one API key: each of them is sent"
                edit = Edit(path, change.block, change.moved)
                yield Finding((*where, "headers"), message, edits=(edit,))
            elif node.get("placement") == "cookie" and "key" in node:
                message = "an API key in a cookie: it is sent as one"
                edit = Edit(path, _cookie)
                yield Finding((*where, "placement"), message, edits=(edit,))
            elif node.get("placement") == "body" and "key" in node:
                message = "an API key in the body: it is a member of each body"
                edit = Edit(path, _body)
                yield Finding((*where, "placement"), message, edits=(edit,))


class _Headers:
    """The first header is the key, the others are parameters with a value."""

    def __init__(self, path: NodePath, headers: JsonObject) -> None:
        (self._first, self._value), *others = headers.items()
        self._others: list[JsonValue] = [
            {"name": name, "in": "header", "value": value} for name, value in others
        ]
        was = (*path, "authentication", "headers")
        self.moved = {
            (*path, "authentication", "key"): Origin((*was, self._first), key=True),
            (*path, "authentication", "value"): Origin((*was, self._first)),
        }
        for index, (name, _) in enumerate(others):
            item = (*path, "inputParameters", index)
            self.moved[(*item, "name")] = Origin((*was, name), key=True)
            self.moved[(*item, "value")] = Origin((*was, name))

    def block(self, node: JsonValue) -> JsonValue:
        if not isinstance(node, dict):
            return node
        key: JsonObject = {"type": "apikey", "key": self._first, "value": self._value}
        key["placement"] = "header"
        changed = {**node, "authentication": key}
        if self._others:
            changed["inputParameters"] = [*self._others, *_inputs(node)]
        return changed


def _inputs(node: JsonObject) -> list[JsonValue]:
    found = node.get("inputParameters")
    return found if isinstance(found, list) else []


def _cookie(node: JsonValue) -> JsonValue:
    if not isinstance(node, dict):
        return node
    key = node["authentication"]
    item = _parameter(key, "cookie")
    kept = {k: v for k, v in node.items() if k != "authentication"}
    return {**kept, "inputParameters": [item, *_inputs(node)]}


def _parameter(key: JsonValue, place: str) -> JsonObject:
    if not isinstance(key, dict):
        return {}
    return {"name": key.get("key"), "in": place, "value": key.get("value")}


def _body(node: JsonValue) -> JsonValue:
    """The key in every operation that has a body: written in it, or a parameter of it."""
    if not isinstance(node, dict):
        return node
    item = _parameter(node["authentication"], "body")
    kept = {k: v for k, v in node.items() if k != "authentication"}
    resources = kept.get("resources")
    if isinstance(resources, list):
        kept["resources"] = [_resource(resource, item) for resource in resources]
    return kept


def _resource(node: JsonValue, item: JsonObject) -> JsonValue:
    operations = node.get("operations") if isinstance(node, dict) else None
    if not isinstance(node, dict) or not isinstance(operations, list):
        return node
    return {**node, "operations": [_operation(one, item) for one in operations]}


def _operation(node: JsonValue, item: JsonObject) -> JsonValue:
    if not isinstance(node, dict) or node.get("method") not in _CARRIERS:
        return node
    body = node.get("body")
    data = body.get("data") if isinstance(body, dict) else None
    if isinstance(body, dict) and isinstance(data, dict) and data:
        name = text_of(item, "name")
        return {**node, "body": {**body, "data": {**data, name: item["value"]}}}
    return {**node, "inputParameters": [*_inputs(node), item]}


RULE = Rule(
    "W126",
    _find,
    """\
consumes:
  - authentication:
      type: apikey
      headers: {X-Key: '{{env.KEY}}', X-App: '{{env.APP}}'}
""",
    """\
consumes:
  - authentication:
      {type: apikey, key: X-Key, value: '{{env.KEY}}', placement: header}
    inputParameters: [{name: X-App, in: header, value: '{{env.APP}}'}]
""",
)
