"""The parts of a document that rules look at, with their paths, in document order.

Nothing is certain of the shape: what is not as expected is passed over. Collections that newer
versions of the format key by name are found in both spellings, so that a rule is written once.
"""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.dialect.places import JsonObject, Place, capability, entries
from naftiko_gen.source import JsonValue

from .rule import quoted

__all__ = [
    "JsonObject",
    "Place",
    "adapters",
    "aggregates",
    "capability",
    "consumes",
    "entries",
    "functions",
    "items",
    "name_of",
    "operations",
    "path_text",
    "root",
    "steps",
    "text",
    "titled",
    "tools",
]


def root(data: JsonValue) -> Iterator[Place]:
    """Yield the document, if it is a mapping."""
    if isinstance(data, dict):
        yield (), data


def items(place: Place, key: str) -> Iterator[Place]:
    """Yield the mappings in the list at ``key``, or in the mapping of names to them."""
    path, node = place
    value = node.get(key)
    if isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, dict):
                yield (*path, key, name), item
    else:
        yield from entries(place, key)


def text(place: Place, key: str) -> str | None:
    """The text at ``key``; None when there is no text, or an empty one."""
    value = place[1].get(key)
    return value if isinstance(value, str) and value.strip() else None


def name_of(place: Place) -> str | None:
    """The name of an item: its ``name``, or the key that it stands at."""
    path, _ = place
    return text(place, "name") or (path[-1] if isinstance(path[-1], str) else None)


def titled(place: Place, noun: str, key: str = "name") -> str:
    """How a message calls a place: ``the tool `x` ``, or ``this tool`` without a name."""
    name = name_of(place) if key == "name" else text(place, key)
    return f"this {noun}" if name is None else f"the {noun} {quoted(name)}"


def path_text(place: Place) -> str:
    """How a message calls a place that has a path: its text, or ``?``."""
    return quoted(text(place, "path") or "?")


def consumes(data: JsonValue) -> Iterator[Place]:
    """Yield every consumes entry, imports included."""
    for place in (*root(data), *capability(data)):
        yield from entries(place, "consumes")


def adapters(data: JsonValue, *kinds: str) -> Iterator[Place]:
    """Yield the exposed adapters of these types, or all."""
    for block in capability(data):
        for adapter in entries(block, "exposes"):
            if not kinds or adapter[1].get("type") in kinds:
                yield adapter


def tools(data: JsonValue) -> Iterator[Place]:
    """Yield the tools of all MCP adapters."""
    for adapter in adapters(data, "mcp"):
        yield from items(adapter, "tools")


def operations(data: JsonValue) -> Iterator[Place]:
    """Yield the operations of all REST adapters."""
    for adapter in adapters(data, "rest"):
        for resource in items(adapter, "resources"):
            yield from items(resource, "operations")


def aggregates(data: JsonValue) -> Iterator[Place]:
    """Yield the aggregates of the capability."""
    for block in capability(data):
        yield from entries(block, "aggregates")


def functions(aggregate: Place) -> Iterator[Place]:
    """Yield the functions of an aggregate, which newer versions call flows."""
    yield from items(aggregate, "functions")
    yield from items(aggregate, "flows")


def steps(unit: Place) -> Iterator[Place]:
    """Yield the steps of a tool, an operation or a function."""
    yield from items(unit, "steps")
