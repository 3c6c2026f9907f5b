"""Which objects and keywords of the format a document uses, found by walking it with our schema.

A keyword is a key of an object of the schema, or one of the values that such a key is
restricted to (`outputRawFormat: csv`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from naftiko_gen.schema import schema_text
from naftiko_gen.source import NodePath

DOCUMENT = "Document"  # the root, which has no name in the schema
_REFERENCE = "#/$defs/"
_EXTENSION = "Extension of naftiko-gen"


@dataclass(frozen=True, order=True, slots=True)
class Keyword:
    """A key of a kind of object, or with ``value`` one of the values it can have."""

    owner: str
    key: str
    value: str | None = None

    def __str__(self) -> str:
        return self.key if self.value is None else f"{self.key}: {self.value}"


class Format:
    """One generation of the format, as its schema describes it."""

    def __init__(self, version: str) -> None:
        self._root: dict[str, Any] = json.loads(schema_text(version))
        self._validator = Draft202012Validator(self._root)
        reached: set[str] = set()
        self._reach(self._root, reached)
        self._objects = {
            DOCUMENT: self._root,
            **{
                name: schema
                for name, schema in self._root["$defs"].items()
                if name in reached and _is_object(schema)
            },
        }

    def keywords(self) -> list[Keyword]:
        """Every keyword, in the order of the schema."""
        return [
            keyword
            for owner, schema in self._objects.items()
            for key, part in schema["properties"].items()
            if not _is_extension(part)
            for keyword in self._of_key(owner, key, part)
        ]

    def used(self, document: Any) -> Iterator[tuple[Keyword, NodePath]]:
        """Give the keywords of ``document``, each with a place where it stands."""
        return self._walk(document, self._root, DOCUMENT, ())

    def _reach(self, schema: Any, found: set[str]) -> None:
        """Add the names of what ``schema`` can hold without an extension."""
        if isinstance(schema, list):
            for part in schema:
                self._reach(part, found)
        if not isinstance(schema, dict) or _is_extension(schema):
            return
        reference = schema.get("$ref")
        if isinstance(reference, str):
            name = reference.removeprefix(_REFERENCE)
            if name not in found:
                found.add(name)
                self._reach(self._root["$defs"][name], found)
        for key, part in schema.items():
            if key != "$defs":
                self._reach(part, found)

    def _of_key(self, owner: str, key: str, part: Any) -> Iterator[Keyword]:
        yield Keyword(owner, key)
        if owner != DOCUMENT:  # every stamp is tested by itself
            for value in self._choices(part):
                yield Keyword(owner, key, value)

    def _choices(self, part: Any) -> list[str]:
        """The values that a text, or each text of a list, is restricted to."""
        part = self._resolved(part)
        part = self._resolved(part.get("items", part))
        return [value for value in part.get("enum", ()) if isinstance(value, str)]

    def _resolved(self, schema: Any) -> Any:
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        if reference is None:
            return schema
        return self._root["$defs"][reference.removeprefix(_REFERENCE)]

    def _walk(
        self, node: Any, schema: Any, owner: str | None, path: NodePath
    ) -> Iterator[tuple[Keyword, NodePath]]:
        if not isinstance(schema, dict):
            return
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(_REFERENCE)
            target = self._root["$defs"][name]
            yield from self._walk(node, target, name, path)
            return
        if owner is not None and owner in self._objects and isinstance(node, dict):
            for key in node.keys() & schema["properties"].keys():
                yield Keyword(owner, key), (*path, key)
                given = node[key] if isinstance(node[key], list) else [node[key]]
                for value in self._choices(schema["properties"][key]):
                    if value in given:
                        yield Keyword(owner, key, value), (*path, key)
        for keyword in ("oneOf", "anyOf", "allOf"):
            for branch in schema.get(keyword, ()):
                if self._fits(node, branch):
                    yield from self._walk(node, branch, None, path)
        for inner, part in _below(node, schema):
            yield from self._walk(node[inner], part, None, (*path, inner))

    def _fits(self, node: Any, branch: Any) -> bool:
        return self._validator.evolve(schema=branch).is_valid(node)


def _is_extension(schema: Any) -> bool:
    described = schema.get("description") if isinstance(schema, dict) else None
    return isinstance(described, str) and described.startswith(_EXTENSION)


def _is_object(schema: Any) -> bool:
    return "properties" in schema and schema.get("additionalProperties") is not None


def _below(node: Any, schema: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(node, dict):
        known = schema.get("properties", {})
        other = schema.get("additionalProperties")
        for key in node:
            yield key, known.get(key, other)
    elif isinstance(node, list):
        for index in range(len(node)):
            yield index, schema.get("items")
