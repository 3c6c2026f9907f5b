"""W153: a caller is asked for what the authentication sends."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Source

from .operations import CARRYING, Known
from .places import JsonObject, callers, entries, member, text_of
from .rule import Edit, Finding, Rule, without

_HINT = "remove it: no caller's value is ever sent in its place"


def _find(source: Source) -> Iterator[Finding]:
    known = Known(source.data)
    for place in callers(source.data):
        block = known.block(place[1])
        credential = "" if block is None else _credential(block)
        if block is None or not credential:
            continue
        asked = {credential} - _others(place[1], block, known, credential)
        for path, given in member(place, "with"):
            for key, value in given.items():
                if key.lower() == credential:
                    asked |= {_referred(value)} - _taken(given, credential)
                    yield Finding(
                        (*path, key),
                        f"`{key}` is the credential, which `authentication` sends",
                        _HINT,
                        edits=(without(path, key),),
                    )
        idle = [
            path for path, item in entries(place, "inputParameters") if _is(item, asked)
        ]
        for path in idle:
            yield Finding(
                (*path, "name"),
                "this input is the credential, which `authentication` sends",
                _HINT,
                at_key=False,
                edits=(Edit(path[:-2], _Without(idle)),) if path == idle[0] else (),
            )


def _credential(block: JsonObject) -> str:
    """The name in lower case under which the credential is sent; nothing without one."""
    for _, node in member(((), block), "authentication"):
        if node.get("type") == "apikey":
            return text_of(node, "key").lower()
        return "authorization"
    return ""


def _others(
    unit: JsonObject, block: JsonObject, known: Known, credential: str
) -> set[str]:
    """The name of the credential where an input of that name feeds something else."""
    _, node = next(member(((), block), "authentication"))
    places = CARRYING if node.get("type") == "apikey" else CARRYING[:1]
    for name, where in known.places(unit):
        if name.lower() == credential and where not in places:
            return {credential}
    given = unit.get("with")
    return _taken(given, credential) if isinstance(given, dict) else set()


def _taken(given: JsonObject, credential: str) -> set[str]:
    """The inputs that `with` takes for anything but the credential."""
    return {_referred(v) for k, v in given.items() if k.lower() != credential}


def _referred(value: JsonValue) -> str:
    """The input in lower case that a value of `with` names, with its adapter or without."""
    text = value if isinstance(value, str) else ""
    return text.strip("{} ").partition(".")[2].lower() or text.strip("{} ").lower()


def _is(item: JsonObject, asked: set[str]) -> bool:
    name = text_of(item, "name").lower()
    return bool(name) and name in asked and item.get("in") != "path"


class _Without:
    """A route or tool without the inputs at some places."""

    def __init__(self, paths: list[NodePath]) -> None:
        self._gone = {path[-1] for path in paths}

    def __call__(self, node: JsonValue) -> JsonValue:
        items = node.get("inputParameters") if isinstance(node, dict) else None
        if not isinstance(node, dict) or not isinstance(items, list):
            return node
        kept = [item for at, item in enumerate(items) if at not in self._gone]
        if kept:
            return {**node, "inputParameters": kept}
        return {key: value for key, value in node.items() if key != "inputParameters"}


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
          with: {token: tools.token}
          inputParameters: [{name: token, type: string}, {name: page, type: string}]
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
          with: {}
          inputParameters: [{name: page, type: string}]
""",
)
