"""Fixed answers: outputs that carry their values, for which nothing is called.

An output without a value is left out, and so is an object of which nothing is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from naftiko_gen import ir

from .node import Node
from .outputs import constant
from .step_values import Draft, StepValues

#: What an unnamed output is called in the answer.
_UNNAMED = "value"


@dataclass(frozen=True, slots=True)
class _Leaf:
    draft: Draft
    kind: ir.Scalar


_Read: TypeAlias = (
    "None | bool | int | float | str | _Leaf | list[_Read] | dict[str, _Read]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A fixed answer whose inputs are not all known yet."""

    document: _Read
    schema: ir.JsonObject

    def finish(self, values: StepValues) -> ir.Made:
        """The answer with its inputs, once all are known."""
        return _finish(self.document, values)


def is_mock(node: Node) -> bool:
    """Whether the unit at ``node`` calls nothing and says what it answers."""
    calls = any(node.has(key) for key in ("call", "steps", "ref", "mappings"))
    return not calls and bool(node.items("outputParameters"))


def read_mock(node: Node, values: StepValues) -> Reading:
    """The answer of the outputs at ``node``; what is faulty is reported."""
    members: dict[str, _Read] = {}
    schemas: ir.JsonObject = {}
    lines: dict[str, int] = {}
    for item in node.items("outputParameters"):
        name = item.text("name")
        if name and name in lines:
            item.error(
                "E232",
                f"the output `{name}` is already declared at line {lines[name]}",
                at="name",
            )
        lines.setdefault(name, item.span("name").start.line)
        read, schema = _read(item, values)
        if read is not None:
            members[name or _UNNAMED] = read
            schemas[name or _UNNAMED] = schema
    return Reading(members or None, _object(schemas))


def _object(properties: ir.JsonObject) -> ir.JsonObject:
    names: list[ir.JsonValue] = list(properties)
    schema: ir.JsonObject = {"type": "object", "properties": properties}
    return {**schema, "required": names} if names else schema


def _read(node: Node, values: StepValues) -> tuple[_Read, ir.JsonObject]:
    """What the output at ``node`` gives, None for nothing, and the schema of it."""
    kind = node.text("type")
    if kind == "array":
        item, schema = _read(node.child("items"), values)
        return (None if item is None else [item]), {"type": "array", "items": schema}
    if kind == "object":
        members: dict[str, _Read] = {}
        schemas: ir.JsonObject = {}
        for name, member in node.members("properties"):
            read, schema = _read(member, values)
            if read is not None:
                members[name], schemas[name] = read, schema
        return members or None, _object(schemas)
    text = node.child("value").value
    if not isinstance(text, str):
        return None, {}
    if "{{" not in text:
        fixed = constant(node, kind)
        return (None if isinstance(fixed, list | dict) else fixed), {"type": kind}
    draft = values.read(node.child("value"), None)
    if not isinstance(draft, Draft):
        return None, {}
    if any(isinstance(piece, ir.Credential) for piece in draft.pieces):
        node.error(
            "E240",
            "a setting in a fixed answer would be shown to every caller",
            at="value",
            hint="write what may be public as it is",
        )
    values.feed(draft, "string", False)
    if kind == "string":
        return _Leaf(draft, "string"), {"type": "string"}
    scalar: ir.Scalar = "boolean" if kind == "boolean" else "number"
    return _Leaf(draft, scalar), {"type": [scalar, "null"]}


def _finish(read: _Read, values: StepValues) -> ir.Made:
    if isinstance(read, _Leaf):
        given = values.finish(read.draft)
        assert isinstance(given, ir.Given)
        return ir.Rendered(given, read.kind)
    if isinstance(read, dict):
        return {name: _finish(member, values) for name, member in read.items()}
    if isinstance(read, list):
        return [_finish(item, values) for item in read]
    return read
