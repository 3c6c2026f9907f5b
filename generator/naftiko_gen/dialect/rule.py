"""What a dialect rule is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from naftiko_gen.source import JsonValue, NodePath, Origin, Source


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value for one node, made of the old one (which must not be changed).

    ``moved`` says of nodes of the new value where they were before.
    """

    path: NodePath
    change: Callable[[JsonValue], JsonValue]
    moved: Mapping[NodePath, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that deviates, what is said about it, and what is rewritten.

    Without a message, what is rewritten has no effect on what is built.
    """

    path: NodePath
    message: str
    hint: str | None = None
    at_key: bool = True
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One deviation: its code, and a search that yields findings in document order.

    ``before`` and ``after`` are an example: what is written, and what it is read as. A rule that
    rewrites nothing has no ``after``: what is written is kept, and other tools need it elsewhere.
    """

    code: str
    find: Callable[[Source], Iterator[Finding]]
    before: str = ""
    after: str = ""


def renamed(path: NodePath, old: str, new: str) -> Edit:
    """The member ``old`` of the mapping at ``path`` is called ``new``, in the same place."""

    def change(node: Any) -> JsonValue:
        return {new if key == old else key: value for key, value in node.items()}

    return Edit(path, change, {(*path, new): Origin((*path, old))})


def replaced(path: NodePath, value: JsonValue) -> Edit:
    """``value`` stands at ``path``."""
    return Edit(path, lambda _: value)


def having(path: NodePath, key: str, value: JsonValue, of: str = "") -> Edit:
    """The mapping at ``path`` has ``key`` as well; it is found where its member ``of`` stands."""
    moved = {(*path, key): Origin((*path, of))} if of else {}
    return Edit(path, lambda node: {**_mapping(node), key: value}, moved)


def without(path: NodePath, *keys: str) -> Edit:
    """The mapping at ``path`` lacks ``keys``."""
    return Edit(
        path, lambda node: {k: v for k, v in _mapping(node).items() if k not in keys}
    )


def _mapping(node: JsonValue) -> dict[str, JsonValue]:
    return node if isinstance(node, dict) else {}


def changed(
    data: JsonValue, path: NodePath, change: Callable[[JsonValue], JsonValue]
) -> JsonValue:
    """Return `data` with the node at `path` changed; what is not on the way is shared.

    A path that does not exist leaves the data as it is.
    """
    if not path:
        return change(data)
    step, rest = path[0], path[1:]
    if isinstance(data, dict) and isinstance(step, str) and step in data:
        return {**data, step: changed(data[step], rest, change)}
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return [*data[:step], changed(data[step], rest, change), *data[step + 1 :]]
    return data
