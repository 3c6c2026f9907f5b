"""W154: a route has no place for what the path of the upstream needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.names import alike
from naftiko_gen.source import JsonValue, Source

from .operations import PLACEHOLDER, Known, takes_whole_body
from .places import JsonObject, Place, adapters, entries, member, text_of
from .rule import Edit, Finding, Rule

_SENDING = ("POST", "PUT", "PATCH")
_REFERENCE = re.compile(r"(?:rest|[A-Za-z][A-Za-z0-9-]*)\.(.+)")
_SETTING = re.compile(r"[A-Z][A-Z0-9_]*|env\..*")


def _find(source: Source) -> Iterator[Finding]:
    known = Known(source.data)
    for adapter in adapters(source.data, "rest"):
        for resource in entries(adapter, "resources"):
            for operation in entries(resource, "operations"):
                yield from _added(operation, resource, known)


def _added(route: Place, resource: Place, known: Known) -> Iterator[Finding]:
    path, node = route
    called = known.operation(node)
    if called is None or node.get("method") not in _SENDING:
        return
    declared = [
        text_of(item, "name")
        for holder in (resource, route)
        for _, item in entries(holder, "inputParameters")
    ]
    declared += PLACEHOLDER.findall(text_of(resource[1], "path"))
    place = "query" if takes_whole_body(called[1]) else "body"
    missing: dict[str, JsonObject] = {}
    for name in known.placeholders(node):
        wanted = _source(route, name)
        if wanted and not any(alike(wanted, other) for other in declared):
            said = f"`{name}` in the path of the upstream."
            missing[wanted] = {
                "name": wanted,
                "in": place,
                "type": "string",
                "description": said,
            }
    if missing:
        listed = ", ".join(f"`{name}`" for name in missing)
        where = "the JSON body" if place == "body" else "the query"
        yield Finding(
            (*path, "call"),
            f"the route has no placeholder for {listed}: taken from {where}",
            f"write {{{next(iter(missing))}}} in the path of the resource",
            edits=(Edit(path, _Declared(tuple(missing.values()))),),
        )


def _source(route: Place, name: str) -> str:
    """The input that feeds the placeholder ``name``; nothing when it is no input of the route."""
    if _SETTING.fullmatch(name):
        return ""
    for _, given in member(route, "with"):
        if name in given:
            value = given[name]
            found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
            wanted = found.group(1) if found else ""
            return "" if wanted.partition(".")[0] in ("query", "header") else wanted
    return name


class _Declared:
    """A route with more inputs."""

    def __init__(self, items: tuple[JsonObject, ...]) -> None:
        self._items = items

    def __call__(self, node: JsonValue) -> JsonValue:
        if not isinstance(node, dict):
            return node
        before = node.get("inputParameters")
        kept = before if isinstance(before, list) else []
        return {**node, "inputParameters": [*kept, *self._items]}


RULE = Rule(
    "W154",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      resources:
        - {path: '/shops/{shop}/orders', operations: [{name: add, method: POST}]}
  exposes:
    - type: rest
      resources:
        - {path: /orders, operations: [{method: POST, call: shop.add}]}
""",
    """\
capability:
  consumes:
    - namespace: shop
      resources:
        - {path: '/shops/{shop}/orders', operations: [{name: add, method: POST}]}
  exposes:
    - type: rest
      resources:
        - path: /orders
          operations:
            - method: POST
              call: shop.add
              inputParameters:
                - name: shop
                  in: body
                  type: string
                  description: '`shop` in the path of the upstream.'
""",
)
