"""What the notes of a build say about how to write a document without them."""

from __future__ import annotations

from collections.abc import Iterable

from naftiko_gen.diagnostics import Remedy
from naftiko_gen.dialect.rule import Edit, changed, replaced, without
from naftiko_gen.ir import JsonValue
from naftiko_gen.source import NodePath, Origin, Source

from .targets import at, target


def remedied(source: Source, remedies: Iterable[Remedy]) -> Source:
    """``source`` with the ``remedies``, of which none has a place inside of another's."""
    # From the end, so that removed list items do not move those still to come.
    for remedy in sorted(remedies, key=_place, reverse=True):
        *before, last = remedy.path
        path = tuple(before)
        if isinstance(last, int):
            source = _without_item(source, path, last)
        elif remedy.value is None:
            source = _without_member(source, path, last)
        else:
            source = _edited(source, Edit(remedy.path, lambda _, new=remedy.value: new))  # type: ignore[misc]
    return source


def without_tails(
    data: JsonValue, places: Iterable[NodePath]
) -> tuple[JsonValue, list[JsonValue]]:
    """``data`` without those of the ``places`` that end a list, and actions that append them.

    What stands before others would come back in another order, so that it stays.
    """
    gone = set(places)
    actions: list[JsonValue] = []
    for path in sorted({place[:-1] for place in gone}, key=_order, reverse=True):
        items = at(data, path[:-1]).get(str(path[-1]))
        kept = list(items) if isinstance(items, list) else []
        tail: list[JsonValue] = []
        while len(kept) > 1 and (*path, len(kept) - 1) in gone:
            tail.insert(0, kept.pop())
        data = changed(data, path, replaced((), kept).change) if tail else data
        selected = target(data, path)
        actions = [*({"target": selected, "update": i} for i in tail), *actions]
    return data, actions


def _place(remedy: Remedy) -> tuple[tuple[int, str], ...]:
    return _order(remedy.path)


def _order(path: NodePath) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)


def _without_member(source: Source, path: NodePath, key: str) -> Source:
    """``source`` without a member; a bind without any key goes as a whole."""
    if path[-1:] == ("keys",) and at(source.data, path).keys() == {key}:
        *before, index = path[:-1]
        if isinstance(index, int):
            return _without_item(source, tuple(before), index)
    return _edited(source, without(path, key))


def _edited(source: Source, edit: Edit) -> Source:
    return source.with_data(changed(source.data, edit.path, edit.change))


def _without_item(source: Source, path: NodePath, index: int) -> Source:
    """``source`` without the item of a list; without its last one, what has the list goes."""
    holder = at(source.data, path[:-1])
    items = holder.get(str(path[-1]))
    if not isinstance(items, list) or index >= len(items):
        return source
    if len(items) == 1 and path[-1] == "binds":
        return _edited(source, without(path[:-1], "binds"))
    if len(items) == 1 and isinstance(path[-2], int):
        return _without_item(source, path[:-2], path[-2])
    kept: list[JsonValue] = [*items[:index], *items[index + 1 :]]
    moved = {(*path, n): Origin((*path, n + 1)) for n in range(index, len(kept))}
    return source.with_data(changed(source.data, path, lambda _: kept), moved)
