"""Schemas of OpenAPI documents as the JSON Schemas that the generator compiles.

References are replaced by what they name. Only keywords with a compiled meaning are kept.
"""

from __future__ import annotations

from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.lower.node import Node

from .references import listed, resolved, target
from .samples import fits, suited

_KEPT = ("title", "description", "default", "minimum", "maximum", "maxLength")
#: All keywords that are written.
_ORDER = (
    "type",
    "title",
    "description",
    "enum",
    "default",
    "examples",
    "minimum",
    "maximum",
    "maxLength",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "anyOf",
)
#: Keywords that are read, or that say nothing of what a value may be.
_READ = frozenset(
    [
        "$ref",
        "$defs",
        "$schema",
        "$id",
        "$anchor",
        "$comment",
        "type",
        "nullable",
        "enum",
        "const",
        "example",
        "examples",
        "items",
        "properties",
        "required",
        "additionalProperties",
        "allOf",
        "anyOf",
        "oneOf",
        "readOnly",
        "writeOnly",
        "deprecated",
        "xml",
        "externalDocs",
    ]
)
#: A list nests two levels of YAML for each level of a schema, and files are limited to 64.
_DEPTH = 12
#: Roughly the characters that all schemas of a document may take, references replaced: what is
#: written must be read again, and a file is limited to 2 MiB.
_BUDGET = 800_000


class Inliner:
    """Writes the schemas of one document out; ``sent`` schemas leave out what is only read."""

    def __init__(self) -> None:
        self._left = _BUDGET

    def schema(
        self, node: Node, *, sent: bool, above: tuple[str, ...] = (), depth: int = 0
    ) -> JsonObject:
        """The schema at ``node``; ``above`` are the references that it is the inside of."""
        if isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
            return self._reference(node, sent, above, depth)
        if not isinstance(node.value, dict):
            if node.value is False:
                node.error("W502", "`false` accepts no value: left out")
            return {}
        self._left -= _size(node, depth)
        if depth > _DEPTH or self._left < 0:
            reason = (
                f"more than {_DEPTH} levels" if depth > _DEPTH else "too many parts"
            )
            node.error("W503", f"the schema has {reason}: an open object stands here")
            return {"type": "object"}
        _note_dropped(node)
        found: JsonObject = {}
        kinds = _types(node)
        if kinds:
            found["type"] = kinds[0] if len(kinds) == 1 else kinds
        for keyword in _KEPT:
            if keyword in node.value and keyword != "default":
                found[keyword] = node.value[keyword]
        self._members(node, found, sent, above, depth)
        self._alternatives(node, found, sent, above, depth)
        for part in node.items("allOf"):
            _merge(found, self.schema(part, sent=sent, above=above, depth=depth + 1))
        _values(node, found)
        return _ordered(found)

    def _reference(
        self, node: Node, sent: bool, above: tuple[str, ...], depth: int
    ) -> JsonObject:
        reference = node.text("$ref")
        found = target(reference, node.source.data)
        if found is None:
            return {}
        if reference in above:
            node.error(
                "W503",
                f"`{reference}` contains itself: an open object stands here",
                at="$ref",
            )
            return {"type": "object"}
        if resolved(node).value is None:
            return {}
        inner = Node(node.source, node.report, *found)
        schema = self.schema(inner, sent=sent, above=(*above, reference), depth=depth)
        beside = node.text("description")
        return _ordered({**schema, "description": beside}) if beside else schema

    def _members(
        self,
        node: Node,
        found: JsonObject,
        sent: bool,
        above: tuple[str, ...],
        depth: int,
    ) -> None:
        hidden = set()
        properties: JsonObject = {}
        for name, member in node.members("properties"):
            if resolved(member).flag("readOnly" if sent else "writeOnly"):
                hidden.add(name)
                continue
            properties[name] = self.schema(
                member, sent=sent, above=above, depth=depth + 1
            )
        required: list[JsonValue] = [
            name
            for name in listed(node.child("required"))
            if isinstance(name, str) and name not in hidden
        ]
        if required:
            found["required"] = list(dict.fromkeys(required))
        if properties:
            found["properties"] = properties
        for keyword in ("additionalProperties", "items"):
            inner = node.child(keyword)
            if isinstance(inner.value, dict):
                found[keyword] = self.schema(
                    inner, sent=sent, above=above, depth=depth + 1
                )
        more = node.flag("additionalProperties")
        # A closed object whose members we have hidden would refuse what the upstream sends.
        if more is not None and not (hidden and not sent):
            found["additionalProperties"] = more

    def _alternatives(
        self,
        node: Node,
        found: JsonObject,
        sent: bool,
        above: tuple[str, ...],
        depth: int,
    ) -> None:
        variants: list[JsonValue] = []
        for keyword in ("anyOf", "oneOf"):
            items = node.child(keyword)
            for index in range(len(listed(items))):
                part = items.child(index)
                variants.append(
                    self.schema(part, sent=sent, above=above, depth=depth + 1)
                )
        null: JsonObject = {"type": "null"}
        simple = [v for v in variants if v != null]
        if len(simple) == 1 and len(variants) > 1 and isinstance(simple[0], dict):
            # How OpenAPI 3.1 writes that a value may be null.
            only = dict(simple[0])
            kind = only.get("type")
            if isinstance(kind, str):
                only["type"] = [kind, "null"]
            _merge(found, only)
        elif node.has("anyOf") and node.has("oneOf"):
            message = "`anyOf` beside `oneOf` cannot be compiled: left out"
            node.error("W502", message, at="anyOf")
        elif variants and {} not in variants:
            found["anyOf"] = variants


def _ordered(schema: JsonObject) -> JsonObject:
    """``schema`` with its keywords in one order, wherever each of them came from."""
    return {keyword: schema[keyword] for keyword in _ORDER if keyword in schema}


def _size(node: Node, depth: int) -> int:
    """Roughly the characters of the lines that the schema at ``node`` itself takes."""
    indent = 4 * depth + 20
    texts = sum(len(v) for v in node.value.values() if isinstance(v, str))
    lines = len(node.value) + len(listed(node.child("required")))
    return indent * (lines + 1) + texts


def _types(node: Node) -> list[JsonValue]:
    written = node.child("type").value
    kinds: list[JsonValue] = [written] if isinstance(written, str) else []
    if isinstance(written, list):
        kinds = [kind for kind in written if isinstance(kind, str)]
    if not kinds and node.has("properties"):
        kinds = ["object"]
    if kinds and node.flag("nullable") and "null" not in kinds:
        kinds = [*kinds, "null"]
    # OpenAPI 2.0 calls an upload a type.
    return ["string" if kind == "file" else kind for kind in kinds]


def _values(node: Node, found: JsonObject) -> None:
    """Add the values that are given by name, as far as the rest of the schema allows them."""
    allowed = [node.value["const"]] if node.has("const") else node.child("enum").value
    if isinstance(allowed, list):
        chosen = [value for value in allowed if fits(value, found)]
        if chosen:
            # The first is the example: not the one that stands for no value.
            found["enum"] = sorted(chosen, key=lambda value: value is None)
    if node.has("default") and fits(node.value["default"], found):
        found["default"] = node.value["default"]
    examples = node.child("examples").value
    given = [node.value["example"]] if node.has("example") else examples
    shown = [v for v in given if fits(v, found)] if isinstance(given, list) else []
    if not shown:
        shown = suited(found)
    if shown:
        found["examples"] = shown


def _merge(found: JsonObject, part: JsonObject) -> None:
    """Add ``part`` of an ``allOf`` to ``found``; what already stands there is kept."""
    for keyword, value in part.items():
        there = found.get(keyword)
        if (
            keyword == "properties"
            and isinstance(value, dict)
            and isinstance(there, dict)
        ):
            found[keyword] = {**value, **there}
        elif (
            keyword == "required"
            and isinstance(value, list)
            and isinstance(there, list)
        ):
            found[keyword] = list(dict.fromkeys([*there, *value]))
        elif keyword == "additionalProperties" and value is False:
            # Closed to its own members, each part would refuse those of the others.
            continue
        else:
            found.setdefault(keyword, value)


def _note_dropped(node: Node) -> None:
    dropped = [
        key
        for key in node.value
        if key not in _READ and key not in _KEPT and not key.startswith("x-")
    ]
    if dropped:
        names = ", ".join(f"`{key}`" for key in dropped)
        verb = "is" if len(dropped) == 1 else "are"
        span = node.key_span(dropped[0])
        node.report.add("W502", f"{names} {verb} not checked: left out", span, None)
