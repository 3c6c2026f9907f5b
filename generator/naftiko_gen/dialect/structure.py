"""A document beside the schema of the format: what each value is meant to be.

The walk goes down a document and the published schema at once, and lets a ``Reading`` say what is
meant by what it meets. It decides unions by their words and keys alone, whatever their spelling,
so that a document need not be right to be understood.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from naftiko_gen.names import plain
from naftiko_gen.schema import schema_text
from naftiko_gen.schema_choices import CHOICES, ByValue
from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .rule import Edit, Finding
from .wordings import meant

#: Unions that have no keys of their own.
_OPEN = ("Adapter", "Authentication", "Consumed", "RequestBody")

#: A schema is JSON of any shape.
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is meant to be: the name of its definition, its schema, and its keys."""

    name: str
    schema: Schema
    keys: Mapping[str, Schema] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()  # keys whose presence says which kind it is

    @property
    def title(self) -> str:
        """What the value is called in messages, after `this`."""
        return str(self.schema.get("title", "mapping"))

    @property
    def closed(self) -> bool:
        """Whether the format lists the keys of the mapping."""
        return self.schema.get("additionalProperties") is False

    @property
    def union(self) -> bool:
        """Whether it is one of several kinds, and nothing says yet which."""
        return self.name in _OPEN

    def types(self) -> tuple[str, ...]:
        """The JSON types that the value may have; none when the schema names none."""
        found = self.schema.get("type", ())
        return (found,) if isinstance(found, str) else tuple(found)


_KNOWN: dict[int, Kind] = {}


@dataclass(slots=True)
class At:
    """A value on the way: where it is read, where it stood, its kind, and that of what it is in."""

    now: NodePath
    before: NodePath
    kind: Kind
    owner: Kind | None = None


@dataclass(slots=True)
class Reading:
    """What one rule makes of the values and keys that the walk meets."""

    #: Whether texts, numbers and lists of them are looked at, and not keys alone.
    leaves: ClassVar[bool] = True

    source: Source
    findings: list[Finding] = field(default_factory=list)
    moved: dict[NodePath, Origin] = field(default_factory=dict)

    def value(self, value: JsonValue, at: At) -> JsonValue:
        """What is meant by ``value``; itself when it is what it should be."""
        return value

    def keys(self, node: dict[str, JsonValue], at: At) -> Mapping[str, str | None]:
        """The keys of ``node`` that mean another one, or nothing at all."""
        return {}

    def say(self, path: NodePath, message: str, *, at_key: bool = True) -> None:
        """A note at ``path`` of the document as it was."""
        self.findings.append(Finding(path, message, at_key=at_key))

    def found(self) -> Iterator[Finding]:
        """The notes; the first of them has the whole document as it is meant."""
        if not self._rewrites():
            yield from self.findings
            return
        self.findings.clear()
        self.moved.clear()
        data = self._walk(self.source.data, At((), (), kind_of("", self.source.data)))
        if self.findings:
            first, *others = self.findings
            edit = Edit((), lambda _: data, self.moved)
            yield Finding(first.path, first.message, first.hint, first.at_key, (edit,))
            yield from others

    def _rewrites(self) -> bool:
        """Whether anything means something else; the notes on the way there are taken.

        As most documents are what they should be, rules share one walk over what is there.
        """
        own = type(self)
        values, keys = own.value is not Reading.value, own.keys is not Reading.keys
        for value, at in _visits(self.source.data):
            if values and self.value(value, at) is not value:
                return True
            if keys and isinstance(value, dict) and self.keys(value, at):
                return True
        return False

    def _walk(self, value: JsonValue, at: At) -> JsonValue:
        value = self.value(value, at)
        if isinstance(value, dict):
            return self._mapping(value, at)
        items = at.kind.schema.get("items")
        if isinstance(value, list) and isinstance(items, dict):
            found = [
                self._walk(item, self._into(at, index, index, items, item))
                for index, item in enumerate(value)
            ]
            same = all(one is other for one, other in zip(found, value, strict=True))
            return value if same else found
        return value

    def _mapping(self, node: dict[str, JsonValue], at: At) -> JsonValue:
        meant = self.keys(node, at)
        more = at.kind.schema.get("additionalProperties")
        result: dict[str, JsonValue] = {}
        same = not meant
        for key, item in node.items():
            new = meant.get(key, key)
            if new is None:
                continue
            if new != key:
                self.moved[*at.now, new] = Origin(self._origin((*at.now, key), at, key))
            schema = at.kind.keys.get(new, more if isinstance(more, dict) else None)
            result[new] = item
            if schema is not None and (self.leaves or isinstance(item, dict | list)):
                result[new] = self._walk(item, self._into(at, new, key, schema, item))
                same = same and result[new] is item
        return node if same else result

    def _origin(self, path: NodePath, at: At, key: str | int) -> NodePath:
        known = self.moved.get(path)
        return (*at.before, key) if known is None else known.path

    def _into(
        self, at: At, new: str | int, old: str | int, schema: Schema, value: JsonValue
    ) -> At:
        now = (*at.now, new)
        before = self._origin(now, at, old)
        return At(now, before, kind_of_schema(schema, value), at.kind)


#: The latest document, and every value in it, outermost first.
_latest: tuple[JsonValue, list[tuple[JsonValue, At]]] = (None, [])


def _visits(data: JsonValue) -> list[tuple[JsonValue, At]]:
    """What a walk meets that changes nothing. Rules change copies, and never a document."""
    global _latest
    if _latest[0] is not data:
        found: list[tuple[JsonValue, At]] = []
        _visit(data, At((), (), kind_of("", data)), found)
        _latest = (data, found)
    return _latest[1]


def _visit(value: JsonValue, at: At, found: list[tuple[JsonValue, At]]) -> None:
    found.append((value, at))
    kind = at.kind
    if isinstance(value, dict):
        more = kind.schema.get("additionalProperties")
        other = more if isinstance(more, dict) else None
        for key, item in value.items():
            schema = kind.keys.get(key, other)
            if schema is not None:
                path = (*at.now, key)
                _visit(item, At(path, path, kind_of_schema(schema, item), kind), found)
    elif isinstance(value, list):
        items = kind.schema.get("items")
        if isinstance(items, dict):
            for index, item in enumerate(value):
                path = (*at.now, index)
                _visit(item, At(path, path, kind_of_schema(items, item), kind), found)


@cache
def _definitions() -> Mapping[str, Any]:
    schema = json.loads(schema_text())
    return {"": schema, **schema["$defs"]}


def kind_of_schema(schema: Schema, value: JsonValue) -> Kind:
    """The kind that ``schema`` asks for, as far as ``value`` says which of several."""
    found = _KNOWN.get(id(schema))
    if found is not None:
        return found
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if name and name in CHOICES:
        return kind_of(name, value)
    # By identity: the schema lives as long as the process.
    found = Kind("", schema, schema.get("properties", {}))
    found = _KNOWN[id(schema)] = kind_of(name, value) if name else found
    return found


def kind_of(name: str, value: JsonValue) -> Kind:
    """The kind of the definition ``name``, as far as ``value`` says which of several."""
    return _kind(name, _branch(name, value))


@cache
def _kind(name: str, branch: str) -> Kind:
    schema = _definitions()[name]
    keys = dict(schema.get("properties", {}))
    needed = set(schema.get("required", ()))
    choice = CHOICES.get(name)
    telling: frozenset[str] = frozenset()
    if choice is not None and not isinstance(choice, ByValue):
        telling = frozenset(choice.branches)
    if branch:
        inner = _kind(branch, "")
        # A part of a union is closed by itself, or says more of what is around it.
        if inner.closed:
            return Kind(branch, inner.schema, inner.keys, inner.needed, telling)
        needed |= inner.needed
    return Kind(name, schema, keys, frozenset(needed), telling)


def _branch(name: str, value: JsonValue) -> str:
    choice = CHOICES.get(name)
    if choice is None or not isinstance(value, dict):
        return ""
    if isinstance(choice, ByValue):
        word = next((v for k, v in value.items() if plain(k) == choice.key), None)
        if not isinstance(word, str):
            return choice.branches.get(choice.default or "", "")
        return choice.branches.get(meant(word, choice.branches) or "", "")
    for key, branch in choice.branches.items():
        if key in value:
            return branch or ""
    return choice.otherwise or ""
