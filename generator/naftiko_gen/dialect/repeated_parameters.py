"""W166: a parameter is declared again in one list."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import (
    JsonObject,
    Place,
    adapters,
    consumed_operations,
    consumes_blocks,
    entries,
    exposed_units,
    functions,
    text_of,
)
from .rule import Edit, Finding, Rule

_INPUTS = "inputParameters"
#: What may differ: each says as much of the parameter as it knows.
_TOLD = ("description", "required")


def _find(source: Source) -> Iterator[Finding]:
    for holder in _holders(source.data):
        first: dict[str, list[JsonObject]] = {}
        again: list[NodePath] = []
        for path, item in entries(holder, _INPUTS):
            known = first.setdefault(text_of(item, "name"), [])
            if any(_same(item, other) for other in known):
                again.append(path)
            else:
                known.append(item)
        for path in again:
            edits = (_merged(holder, again),) if path == again[0] else ()
            yield Finding(
                (*path, "name"),
                "this parameter is declared before, and is one with that",
                at_key=False,
                edits=edits,
            )


def _holders(data: JsonValue) -> Iterator[Place]:
    for block in consumes_blocks(data):
        yield block
        yield from entries(block, "resources")
        yield from consumed_operations(block)
    for adapter in adapters(data):
        yield from exposed_units(adapter)
    yield from functions(data)


def _same(one: JsonObject, other: JsonObject) -> bool:
    return bool(text_of(one, "name")) and _core(one) == _core(other)


def _core(item: JsonObject) -> JsonObject:
    return {key: value for key, value in item.items() if key not in _TOLD}


def _merged(holder: Place, again: list[NodePath]) -> Edit:
    path, _ = holder
    where = (*path, _INPUTS)
    gone = {place[-1] for place in again}

    def change(items: JsonValue) -> JsonValue:
        if not isinstance(items, list):
            return items
        found: list[JsonValue] = []
        places: dict[str, list[int]] = {}
        for index, item in enumerate(items):
            if not isinstance(item, dict):
                found.append(item)
                continue
            named = places.setdefault(text_of(item, "name"), [])
            if index not in gone:
                named.append(len(found))
                found.append(item)
                continue
            # What a later one says in addition is said of the first.
            for at in named:
                known = found[at]
                if isinstance(known, dict) and _same(item, known):
                    found[at] = {**item, **{k: v for k, v in known.items() if v != ""}}
        return found

    items = holder[1].get(_INPUTS)
    kept = (
        [n for n in range(len(items)) if n not in gone]
        if isinstance(items, list)
        else []
    )
    moved = {(*where, new): Origin((*where, old)) for new, old in enumerate(kept)}
    return Edit(where, change, moved)


RULE = Rule(
    "W166",
    _find,
    """\
consumes:
  - resources:
      - operations:
          - inputParameters:
              - {name: page, in: query}
              - {name: size, in: query}
              - {name: page, in: query}
""",
    """\
consumes:
  - resources:
      - operations:
          - inputParameters:
              - {name: page, in: query}
              - {name: size, in: query}
""",
)
