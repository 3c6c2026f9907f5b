"""Rewrite a document of a later generation into the shape of 1.0.0-alpha2.

Maps become lists in document order, keys get their earlier names, and for every node
that moves its old place is noted, so that a message about it points at what is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.source import NodePath, Origin

from .shapes import SHAPES


def rewrite(data: JsonValue) -> tuple[JsonValue, Mapping[NodePath, Origin]]:
    """The data in the earlier shape, and where the nodes that moved have come from.

    Total, and `data` itself stays as it is.
    """
    origins: dict[NodePath, Origin] = {}
    return _Writer(origins).node(data, "document", (), ()), origins


class _Writer:
    def __init__(self, origins: dict[NodePath, Origin]) -> None:
        self._origins = origins

    def node(
        self, value: JsonValue, kind: str, old: NodePath, new: NodePath
    ) -> JsonValue:
        """The value at path `old`, rewritten to stand at path `new`."""
        if not isinstance(value, dict):
            return value
        shape = SHAPES[kind]
        found: JsonObject = {}
        for key, member in value.items():
            name = shape.renamed.get(key, key)
            if name != key and name in value:
                continue  # both spellings: the schema check has refused one of them
            before, after = (*old, key), (*new, name)
            if name != key:
                self._origins[after] = Origin(before)
            if key in shape.maps and isinstance(member, dict):
                found[name] = self._list(member, shape.maps[key], before, after)
            elif key in shape.named and isinstance(member, dict):
                found[name] = {
                    item: self._named(
                        item, part, shape.named[key], (*before, item), (*after, item)
                    )
                    for item, part in member.items()
                }
            elif key in shape.lists and isinstance(member, list):
                found[name] = [
                    self.node(item, shape.lists[key], (*before, index), (*after, index))
                    for index, item in enumerate(member)
                ]
            elif key in shape.parts:
                found[name] = self.node(member, shape.parts[key], before, after)
            else:
                found[name] = member
        return found

    def _list(
        self, members: JsonObject, kind: str, old: NodePath, new: NodePath
    ) -> JsonValue:
        found: list[JsonValue] = []
        for index, (name, item) in enumerate(members.items()):
            before, after = (*old, name), (*new, index)
            self._origins[after] = Origin(before)
            found.append(self._named(name, item, kind, before, after))
        return found

    def _named(
        self, name: str, item: JsonValue, kind: str, old: NodePath, new: NodePath
    ) -> JsonValue:
        """An item that is told its key, as the `name` that the earlier shape has."""
        value = self.node(item, kind, old, new)
        if not isinstance(value, dict):
            return value
        self._origins[(*new, "name")] = Origin(old, key=True)
        value.pop("name", None)
        return {"name": name, **value}
