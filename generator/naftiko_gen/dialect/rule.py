"""What a dialect rule is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from naftiko_gen.source import JsonValue, NodePath, Source


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value for one node, made of the old one (which must not be changed)."""

    path: NodePath
    change: Callable[[JsonValue], JsonValue]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that deviates, what is said about it, and what is rewritten."""

    path: NodePath
    message: str
    hint: str | None = None
    at_key: bool = True
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One deviation: its code, and a search that yields findings in document order."""

    code: str
    find: Callable[[Source], Iterator[Finding]]


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
