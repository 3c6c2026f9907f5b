"""W163: one thing in the place of a list of them, or a mapping in the place of a list."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.names import plain
from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import JsonObject
from .rule import Finding, Rule
from .structure import At, Kind, Reading, kind_of_schema

_LISTED = ("tags", "scopes")
_SPACED = "allowed-tools"


class _Collections(Reading):
    def value(self, value: JsonValue, at: At) -> JsonValue:
        types, schema = at.kind.types(), at.kind.schema
        if types == ("array",) and isinstance(schema.get("items"), dict):
            if isinstance(value, dict) and value:
                return self._list(value, at, kind_of_schema(schema["items"], value))
            if isinstance(value, str) and value and at.before[-1] in _LISTED:
                parts = [part.strip() for part in value.split(",")]
                return self._said(at, "a text", [part for part in parts if part])
        elif "object" in types and isinstance(value, list) and value:
            return self._mapping_of(value, at)
        elif isinstance(value, list) and at.before and at.before[-1] == _SPACED:
            texts = [one for one in value if isinstance(one, str)]
            return (
                self._said(at, "a list", " ".join(texts)) if texts == value else value
            )
        return value

    def _said(self, at: At, written: str, meant: JsonValue) -> JsonValue:
        noun = "a list" if isinstance(meant, list) else "a mapping"
        noun = "a text" if isinstance(meant, str) else noun
        self.say(at.before, f"`{at.before[-1]}` is {written}: read as {noun}")
        return meant

    def _list(self, value: JsonObject, at: At, item: Kind) -> JsonValue:
        letters = {plain(key) for key in item.keys}
        if any(plain(key) in letters for key in value):
            self.moved[*at.now, 0] = Origin(at.before)
            return self._said(at, "one mapping", [value])
        if (
            not item.union
            and not item.closed
            or not all(isinstance(one, dict) for one in value.values())
        ):
            return value
        found: list[JsonValue] = []
        for index, (name, one) in enumerate(value.items()):
            key = _named(item, name)
            if key is None or not isinstance(one, dict):
                return value
            self.moved[*at.now, index] = Origin((*at.before, name))
            if key not in one:
                self.moved[*at.now, index, key] = Origin((*at.before, name), key=True)
            if item.name == "Binding" and not one.keys() & item.keys.keys():
                self.moved[*at.now, index, "keys"] = Origin((*at.before, name))
                one = {"keys": one}
            found.append({key: name, **one})
        return self._said(at, "a mapping", found)

    def _mapping_of(self, value: list[JsonValue], at: At) -> JsonValue:
        if (
            len(value) == 1
            and isinstance(value[0], dict)
            and (at.kind.closed or at.kind.union)
        ):
            self._from(at.now, value[0], (*at.before, 0))
            return self._said(at, "a list of one", value[0])
        if at.kind.closed or at.kind.union or not at.kind.name:
            return value
        found: JsonObject = {}
        for index, one in enumerate(value):
            before = (*at.before, index)
            if isinstance(one, str) and at.kind.name == "BindingKeys":
                name, meant, place = one, one, Origin(before)
            elif not isinstance(one, dict):
                return value
            elif isinstance(one.get("name"), str) and one.keys() <= {"name", "value"}:
                name = str(one["name"])
                meant, place = one.get("value", name), Origin((*before, "value"))  # type: ignore[assignment]
            elif len(one) == 1:
                [(name, meant)] = one.items()  # type: ignore[assignment]
                place = Origin((*before, name))
            else:
                return value
            if name in found:
                return value
            found[name] = meant
            self.moved[*at.now, name] = place
        return self._said(at, "a list", found)

    def _from(self, now: NodePath, value: JsonObject, before: NodePath) -> None:
        for key in value:
            self.moved[*now, key] = Origin((*before, key))


def _named(item: Kind, name: str) -> str | None:
    """The key of an item that says what a mapping has as its key."""
    if name.startswith("/") and "path" in item.keys:
        return "path"
    if item.name == "Adapter":
        return "type"
    return next((key for key in ("namespace", "name") if key in item.keys), None)


def _find(source: Source) -> Iterator[Finding]:
    return _Collections(source).found()


RULE = Rule(
    "W163",
    _find,
    """\
binds: [{namespace: env, keys: [TOKEN]}]
capability:
  consumes: {shop: {type: http, baseUri: https://shop.example}}
""",
    """\
binds: [{namespace: env, keys: {TOKEN: TOKEN}}]
capability:
  consumes: [{namespace: shop, type: http, baseUri: https://shop.example}]
""",
)
