"""``$ref``: JSON Pointers into the same document (RFC 6901)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from naftiko_gen.diagnostics import closest
from naftiko_gen.lower.node import Node
from naftiko_gen.source import NodePath

#: Members whose values are data, in which ``$ref`` means nothing.
_DATA = ("example", "examples", "default", "enum", "const", "value")
#: Maps whose keys are names, which may be one of these.
_MAPS = (
    "$defs",
    "definitions",
    "parameters",
    "patternProperties",
    "properties",
    "responses",
    "schemas",
)


def target(reference: str, data: Any) -> tuple[NodePath, Any] | None:
    """The path and value that ``reference`` names in ``data``; None when there is none."""
    if reference == "#":
        return (), data
    if not reference.startswith("#/"):
        return None
    path: NodePath = ()
    for part in unquote(reference[2:]).split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(data, dict) and key in data:
            data, path = data[key], (*path, key)
        elif isinstance(data, list) and key.isdecimal() and int(key) < len(data):
            data, path = data[int(key)], (*path, int(key))
        else:
            return None
    return path, data


def listed(node: Node) -> list[Any]:
    """The list at ``node``; none of it when it is something else, which is reported elsewhere."""
    return node.value if isinstance(node.value, list) else []


def resolved(node: Node) -> Node:
    """What ``node`` stands for: itself, or the end of its chain of references.

    The value is None when a reference leads nowhere, which ``check`` has reported.
    """
    seen: set[NodePath] = set()
    while isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
        found = target(node.value["$ref"], node.source.data)
        if found is None or found[0] in seen:
            return Node(node.source, node.report, node.path, None)
        seen.add(found[0])
        node = Node(node.source, node.report, *found)
    return node


def check(root: Node) -> None:
    """Report references to nothing (E506), to themselves (E506) and to other files (E507)."""
    for node in _references(root):
        reference = node.value["$ref"]
        if not reference.startswith("#"):
            node.error(
                "E507",
                f"`{reference}` is not in this document",
                at="$ref",
                hint="bundle the documents into one first; nothing is fetched",
            )
        elif target(reference, root.value) is None:
            near = closest(reference, _siblings(reference, root.value))
            node.error(
                "E506",
                f"`{reference}` leads nowhere",
                at="$ref",
                hint=f"did you mean `{near}`?" if near else None,
            )
        elif _endless(node):
            node.error("E506", f"`{reference}` leads back to itself", at="$ref")


def _endless(node: Node) -> bool:
    # One that leads to a dangling reference, or into a circle, is explained by those.
    seen: set[NodePath] = set()
    value = node.value
    while isinstance(value, dict) and isinstance(value.get("$ref"), str):
        found = target(value["$ref"], node.source.data)
        if found is None:
            return False
        path, value = found
        if path == node.path:
            return True
        if path in seen:
            return False
        seen.add(path)
    return False


def _references(node: Node) -> Iterator[Node]:
    if isinstance(node.value, list):
        for index in range(len(node.value)):
            yield from _references(node.child(index))
    elif isinstance(node.value, dict):
        if isinstance(node.value.get("$ref"), str):
            yield node
        named = bool(node.path) and node.path[-1] in _MAPS
        for key in node.value:
            if named or (key not in _DATA and not key.startswith("x-")):
                yield from _references(node.child(key))


def _siblings(reference: str, data: Any) -> list[str]:
    """The references that differ from ``reference`` in the last part only."""
    parent = reference.rpartition("/")[0]
    found = target(parent, data) if parent else None
    members = found[1] if found is not None else None
    return [f"{parent}/{key}" for key in members] if isinstance(members, dict) else []
