"""W133: a name has characters that names do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.names import kebab
from naftiko_gen.source import NodePath, Source

from .places import (
    Place,
    adapters,
    callers,
    consumed_operations,
    consumes_blocks,
    entries,
    text_of,
)
from .rule import Edit, Finding, Rule, having, replaced

_EXTENDED = re.compile(r"[a-zA-Z0-9_*-]+")
_KEBAB = re.compile(r"[a-zA-Z0-9-]+")


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    calls = [(path, text_of(node, "call")) for path, node in callers(data)]
    for block in consumes_blocks(data):
        # Calls name these two, and have no underscore.
        names = {
            text_of(node, "name")
            for _, node in consumed_operations(block)
            if text_of(node, "name")
        }
        namespace = text_of(block[1], "namespace")
        namespaces = {text_of(b, "namespace") for _, b in consumes_blocks(data)}
        new = _fitting(namespace, namespaces)
        changes: dict[str, str] = {}
        for operation in consumed_operations(block):
            name = text_of(operation[1], "name")
            fitting = _fitting(name, names)
            if name and fitting != name:
                names.add(fitting)
                changes[name] = fitting
                yield _renamed(operation, "name", fitting)
        edits = _calls(calls, namespace, new, changes)
        if namespace and new != namespace:
            yield _renamed(block, "namespace", new, edits)
        elif edits:
            yield Finding(
                edits[0].path,
                f"calls of `{namespace}` name the new spelling",
                at_key=False,
                edits=edits,
            )
        for resource in entries(block, "resources"):
            yield from _label(resource, _EXTENDED)
    for adapter in adapters(data):
        for resource in entries(adapter, "resources"):
            if resource[1].get("operations") is not None:
                yield from _label(resource, _KEBAB)
            for operation in entries(resource, "operations"):
                yield from _label(operation, _KEBAB)
        tools = {text_of(t, "name") for _, t in entries(adapter, "tools")}
        for tool in entries(adapter, "tools"):
            name = text_of(tool[1], "name")
            if name and not _KEBAB.fullmatch(name):
                yield _renamed(tool, "name", _fitting(name, tools))


def _calls(
    calls: list[tuple[NodePath, str]],
    namespace: str,
    new: str,
    changes: dict[str, str],
) -> tuple[Edit, ...]:
    edits = []
    for path, call in calls:
        if not call.startswith(f"{namespace}."):
            continue
        name = call.removeprefix(f"{namespace}.")
        meant = f"{new}.{changes.get(name, name)}"
        if meant != call:
            edits.append(replaced((*path, "call"), meant))
    return tuple(edits)


def _fitting(name: str, taken: set[str]) -> str:
    if not name or _KEBAB.fullmatch(name):
        return name
    found = re.sub(r"[^a-zA-Z0-9-]+", "-", name).strip("-") or kebab(name)
    number, fitting = 1, found
    while fitting in taken:
        number += 1
        fitting = f"{found}-{number}"
    return fitting


def _renamed(place: Place, key: str, new: str, edits: tuple[Edit, ...] = ()) -> Finding:
    path, node = place
    return Finding(
        (*path, key),
        f"`{node[key]}` has characters that names do not have: `{new}`",
        at_key=False,
        edits=(replaced((*path, key), new), *edits),
    )


def _label(place: Place, allowed: re.Pattern[str]) -> Iterator[Finding]:
    """A name that nothing refers to."""
    path, node = place
    if "name" not in node or (
        isinstance(node["name"], str) and allowed.fullmatch(node["name"])
    ):
        return
    written = node["name"]
    if written is not None and not isinstance(written, str):
        return
    new = re.sub(r"[^a-zA-Z0-9-]+", "-", written or "").strip("-")
    new = new or kebab(text_of(node, "path") or text_of(node, "call"), fallback="root")
    yield Finding(
        (*path, "name"),
        f"`{written or ''}` is no name: `{new}`",
        at_key=False,
        edits=(having(path, "name", new, "name"),),
    )


RULE = Rule(
    "W133",
    _find,
    """\
capability:
  consumes:
    - {namespace: my_shop, resources: [{operations: [{name: list}]}]}
  exposes:
    - {type: mcp, tools: [{call: my_shop.list}]}
""",
    """\
capability:
  consumes:
    - {namespace: my-shop, resources: [{operations: [{name: list}]}]}
  exposes:
    - {type: mcp, tools: [{call: my-shop.list}]}
""",
)
