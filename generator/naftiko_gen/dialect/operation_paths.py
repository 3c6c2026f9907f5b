"""W131: operations have paths of their own."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import (
    JsonObject,
    Place,
    adapters,
    consumes_blocks,
    count_of,
    entries,
    name_in,
    text_of,
)
from .rule import Edit, Finding, Rule

_KEYS = ("path", "operations")


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        yield from _split(block, absolute=_absolute(block))
    for adapter in adapters(source.data, "rest"):
        yield from _split(adapter, absolute=False)


def _absolute(block: Place) -> bool:
    """Whether the paths of operations are whole: one begins with that of its resource."""
    for _, resource in entries(block, "resources"):
        start = text_of(resource, "path").rstrip("/")
        for _, operation in entries(((), resource), "operations"):
            path = text_of(operation, "path")
            if start and (path == start or path.startswith(f"{start}/")):
                return True
    return False


def _split(block: Place, *, absolute: bool) -> Iterator[Finding]:
    path, node = block
    with_path = [
        (*where, "path")
        for resource in entries(block, "resources")
        for where, operation in entries(resource, "operations")
        if isinstance(operation.get("path"), str)
    ]
    resources = node.get("resources")
    if not with_path or not isinstance(resources, list):
        return
    found: list[JsonValue] = []
    moved: dict[NodePath, Origin] = {}
    for index, resource in enumerate(resources):
        old = (*path, "resources", index)
        for part, origins in _parts(resource, old, absolute):
            new = (*path, "resources", len(found))
            moved[new] = Origin(old)
            for step, origin in origins.items():
                moved[*new, *step] = origin
            found.append(part)
    what = "the whole path" if absolute else "joined to that of its resource"
    yield Finding(
        with_path[0],
        f"{count_of(len(with_path), 'operation')} of {name_in(node)} with `path`: {what}",
        edits=(Edit((*path, "resources"), lambda _: found, moved),),
    )


def _parts(
    resource: JsonValue, old: NodePath, absolute: bool
) -> Iterator[tuple[JsonValue, dict[NodePath, Origin]]]:
    """The resources that one resource is: one for each path of its operations."""
    operations = resource.get("operations") if isinstance(resource, dict) else None
    if not isinstance(resource, dict) or not isinstance(operations, list):
        yield resource, {}
        return
    start = text_of(resource, "path")
    groups: dict[str, list[int]] = {}
    for index, operation in enumerate(operations):
        own = text_of(operation, "path") if isinstance(operation, dict) else ""
        path = own if own and absolute else _joined(start, own)
        groups.setdefault(path, []).append(index)
    for number, (path, indices) in enumerate(groups.items()):
        part = {k: v for k, v in resource.items() if k not in _KEYS}
        if number and isinstance(part.get("name"), str):
            part["name"] = f"{part['name']}-{number + 1}"
        part["path"] = path
        part["operations"] = [_pathless(operations[index]) for index in indices]
        origins: dict[NodePath, Origin] = {
            ("operations", new): Origin((*old, "operations", index))
            for new, index in enumerate(indices)
        }
        if path != start:
            origins["path",] = Origin((*old, "operations", indices[0], "path"))
        yield part, origins


def _pathless(operation: JsonValue) -> JsonValue:
    if not isinstance(operation, dict):
        return operation
    kept: JsonObject = {k: v for k, v in operation.items() if k != "path"}
    return kept


def _joined(start: str, own: str) -> str:
    if own in ("", "/"):
        return start
    if own.startswith(("/(", ":")):
        # OData keys and custom verbs follow the last segment at once.
        return start.rstrip("/") + own.removeprefix("/")
    return f"{start.rstrip('/')}/{own.removeprefix('/')}"


RULE = Rule(
    "W131",
    _find,
    """\
consumes:
  - resources:
      - path: /v2
        operations: [{name: list, path: /orders}, {name: get, path: '/orders/{id}'}]
""",
    """\
consumes:
  - resources:
      - {path: /v2/orders, operations: [{name: list}]}
      - {path: '/v2/orders/{id}', operations: [{name: get}]}
""",
)
