"""What the notes of a build say about how to write a document without them."""

from __future__ import annotations

from collections.abc import Iterable

from naftiko_gen.diagnostics import Remedy
from naftiko_gen.dialect.rule import Edit, changed, without
from naftiko_gen.ir import JsonValue
from naftiko_gen.source import NodePath, Origin, Source

from .targets import at


def remedied(source: Source, remedies: Iterable[Remedy]) -> Source:
    """``source`` with the ``remedies``, of which none has a place inside of another's."""
    # From the end, so that removed list items do not move those still to come.
    for remedy in sorted(remedies, key=_place, reverse=True):
        *before, last = remedy.path
        path = tuple(before)
        if isinstance(last, int):
            source = _without_item(source, path, last)
        elif remedy.value is None:
            source = _edited(source, without(path, last))
        else:
            source = _edited(source, Edit(remedy.path, lambda _, new=remedy.value: new))  # type: ignore[misc]
    return source


def _place(remedy: Remedy) -> tuple[tuple[bool, int, str], ...]:
    return tuple(
        (isinstance(step, int), step if isinstance(step, int) else 0, str(step))
        for step in remedy.path
    )


def _edited(source: Source, edit: Edit) -> Source:
    return source.with_data(changed(source.data, edit.path, edit.change))


def _without_item(source: Source, path: NodePath, index: int) -> Source:
    """``source`` without the item of a list; without its last one, what has the list goes."""
    holder = at(source.data, path[:-1])
    items = holder.get(str(path[-1]))
    if not isinstance(items, list) or index >= len(items):
        return source
    if len(items) == 1 and isinstance(path[-2], int):
        return _without_item(source, path[:-2], path[-2])
    kept: list[JsonValue] = [*items[:index], *items[index + 1 :]]
    moved = {(*path, n): Origin((*path, n + 1)) for n in range(index, len(kept))}
    return source.with_data(changed(source.data, path, lambda _: kept), moved)
