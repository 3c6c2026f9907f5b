"""W111: spellings of 1.0.0-alpha2 in a document of a later generation.

Lists of entries with a `name` become maps, and keys get their later names, before the
document is checked against its schema: who upgraded the stamp alone is understood.
"""

from __future__ import annotations

from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.source import NodePath, Origin, Source

from .shapes import SHAPES


def modernise(source: Source, report: Report) -> Source:
    """Rewrite earlier spellings, with one W111 for each kind of them; else as it is."""
    reader = _Reader()
    data = reader.node(source.data, "document", (), ())
    for message, places in reader.found.items():
        more = f" ({len(places)} places)" if len(places) > 1 else ""
        span = source.span(places[0], key=True)
        report.add("W111", f"{message} since 1.0.0-alpha3{more}", span)
    return source.with_data(data, reader.origins) if reader.found else source


class _Reader:
    def __init__(self) -> None:
        self.origins: dict[NodePath, Origin] = {}
        #: Where each kind of earlier spelling stands, in document order.
        self.found: dict[str, list[NodePath]] = {}

    def node(
        self, value: JsonValue, kind: str, old: NodePath, new: NodePath
    ) -> JsonValue:
        """The value at path `old`, rewritten to stand at path `new`."""
        if not isinstance(value, dict):
            return value
        shape = SHAPES[kind]
        later = {earlier: key for key, earlier in shape.renamed.items()}
        result: JsonObject = {}
        for key, member in value.items():
            before, name = (*old, key), later.get(key, key)
            if name != key:
                # The `location` of anything but an import is a key of its own.
                other = key == "location" and "import" not in value
                name = key if other or name in value else name
            after = (*new, name)
            if name != key:
                self._note(f"`{key}` is called `{name}`", before)
                self.origins[after] = Origin(before)
            if name in shape.maps:
                result[name] = self._map(member, shape.maps[name], before, after)
            elif name in shape.named:
                result[name] = self._named(member, shape.named[name], before, after)
            elif name in shape.lists and isinstance(member, list):
                result[name] = [
                    self.node(item, shape.lists[name], (*before, at), (*after, at))
                    for at, item in enumerate(member)
                ]
            elif name in shape.parts:
                result[name] = self.node(member, shape.parts[name], before, after)
            else:
                result[name] = member
        return result

    def _map(
        self, value: JsonValue, kind: str, old: NodePath, new: NodePath
    ) -> JsonValue:
        names = _names(value)
        if not isinstance(value, list) or names is None:
            return self._values(value, kind, old, new)
        self._note("lists of entries with a `name` are maps by name", old)
        result: JsonObject = {}
        for at, (name, item) in enumerate(zip(names, value, strict=True)):
            before, after = (*old, at), (*new, name)
            self.origins[after] = Origin(before)
            inner = self.node(item, kind, before, after)
            if isinstance(inner, dict):
                del inner["name"]
            result[name] = inner
        return result

    def _named(
        self, value: JsonValue, kind: str, old: NodePath, new: NodePath
    ) -> JsonValue:
        """A map whose values repeat their keys, which the later generation does not."""
        found = self._values(value, kind, old, new)
        if isinstance(found, dict):
            for name, item in found.items():
                if isinstance(item, dict) and item.get("name") == name:
                    del item["name"]
                    self._note("entries of a map have no `name`", (*old, name, "name"))
        return found

    def _values(
        self, value: JsonValue, kind: str, old: NodePath, new: NodePath
    ) -> JsonValue:
        if not isinstance(value, dict):
            return value
        return {
            name: self.node(item, kind, (*old, name), (*new, name))
            for name, item in value.items()
        }

    def _note(self, message: str, place: NodePath) -> None:
        self.found.setdefault(message, []).append(place)


def _names(value: JsonValue) -> list[str] | None:
    """The names of a list of entries; None when one has none or two have the same."""
    if not isinstance(value, list) or not value:
        return None
    names = [item.get("name") if isinstance(item, dict) else None for item in value]
    found = [name for name in names if isinstance(name, str)]
    return found if len(found) == len(value) == len(set(found)) else None
