"""W153: a call gives what the authentication sends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .operations import Known
from .places import JsonObject, Place, callers, entries, member, text_of
from .rule import Edit, Finding, Rule, without

_REFERENCE = re.compile(r"[^.]+\.(?:(?:query|path|body|header|cookie)\.)?(.+)")


def _find(source: Source) -> Iterator[Finding]:
    known = Known(source.data)
    for place in callers(source.data):
        credential = known.credential(place[1])
        if not credential:
            continue
        fed = {credential}
        used = {name.lower() for name in known.inputs(place[1]) or ()} - fed
        for path, given in member(place, "with"):
            for key, value in given.items():
                if key.lower() != credential:
                    used.add(_input(value))
                    continue
                fed.add(_input(value))
                yield Finding(
                    (*path, key),
                    f"`{key}` is the credential, which `authentication` sends",
                    "remove it: no caller's value is ever sent in its place",
                    edits=(without(path, key),),
                )
        yield from _asked(place, fed - used - {""})


def _asked(place: Place, names: set[str]) -> Iterator[Finding]:
    """The inputs that callers would give for nothing but the credential."""
    found = [
        (path, text_of(item, "name"))
        for path, item in entries(place, "inputParameters")
        if text_of(item, "name").lower() in names
    ]
    lost = [path[-1] for path, _ in found]
    for path, name in found:
        yield Finding(
            (*path, "name"),
            f"`{name}` is the credential, which `authentication` sends",
            "remove it: callers are never asked for a credential",
            edits=(_dropped(path[:-1], place[1], lost),) if path is found[0][0] else (),
        )


def _dropped(path: NodePath, node: JsonObject, lost: list[int | str]) -> Edit:
    items = node.get("inputParameters")
    before = items if isinstance(items, list) else []
    kept = [index for index in range(len(before)) if index not in lost]
    moved = {(*path, new): Origin((*path, old)) for new, old in enumerate(kept)}
    return Edit(path, lambda _: [before[index] for index in kept], moved)


def _input(value: JsonValue) -> str:
    """The name of the input that a value of `with` refers to, in lower case."""
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return "" if found is None else found[1].lower()


RULE = Rule(
    "W153",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      authentication: {type: apikey, key: token, value: '{{env.TOKEN}}'}
      resources: [{operations: [{name: list}]}]
  exposes:
    - type: mcp
      tools:
        - call: shop.list
          with: {token: tools.key, limit: tools.limit}
          inputParameters: [{name: key, type: string}, {name: limit, type: integer}]
""",
    """\
capability:
  consumes:
    - namespace: shop
      authentication: {type: apikey, key: token, value: '{{env.TOKEN}}'}
      resources: [{operations: [{name: list}]}]
  exposes:
    - type: mcp
      tools:
        - call: shop.list
          with: {limit: tools.limit}
          inputParameters: [{name: limit, type: integer}]
""",
)
