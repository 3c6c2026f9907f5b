"""``outputParameters`` of routes and tools: what their answers are made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from naftiko_gen import ir_mapping as ir
from naftiko_gen.diagnostics import Position, Span
from naftiko_gen.ir import Format
from naftiko_gen.jsonpath import PathError, parse
from naftiko_gen.names import Scope

from . import output_schemas, scopes
from .node import Node

#: Reads an output whose value is a template; None after a problem was reported.
Render: TypeAlias = Callable[[Node], ir.Rendered | None]

_ROOT = ir.Path()
#: Python nests 20 loops at most; a path can add two.
_DEEPEST = 12
_NUMBER_HINT = (
    "a fixed value has the type of its output: `5`, `1.5`, `true`, `[1, 2]`, "
    '`{"a": 1}`'
)


@dataclass(slots=True)
class Outputs:
    """The mappings of a capability; equal ones are one function."""

    scope: Scope = field(default_factory=lambda: Scope(scopes.MAPPINGS))
    known: dict[str, ir.Output] = field(default_factory=dict)

    def lower(
        self,
        node: Node,
        names: tuple[str, ...],
        written: Format | None = None,
        render: Render | None = None,
    ) -> ir.Output | None:
        """The output of the route or tool at ``node``; None when it is the upstream's own answer.

        The first of ``names`` that is free is what its function is called after. The
        whole document of an answer ``written`` in another format than JSON is not the
        upstream's own answer.
        """
        read = [
            (item.text("name"), item, _lower(item, render))
            for item in node.items("outputParameters")
        ]
        if not node.report.ok or any(mapping is None for _, _, mapping in read):
            # What could not be read has been reported, here or by the schema check.
            return None
        found = [(name, item, mapping) for name, item, mapping in read if mapping]
        alternatives, schemas = _merged(node, found)
        if not alternatives:
            return None
        if written is None and alternatives[0] in (ir.At(_ROOT), ir.Each(_ROOT, None)):
            return None
        return self._function(alternatives, schemas, names)

    def project(self, node: Node, names: tuple[str, ...]) -> ir.Output | None:
        """What steps keep of the answer of the consumed operation at ``node``; None for all of it.

        Named outputs are the members of an object; without any, the first output counts.
        """
        read = [
            (item.text("name"), _consumed(item))
            for item in node.items("outputParameters")
        ]
        found = [(name, mapping) for name, mapping in read if mapping is not None]
        if len(found) < len(read) or not found:
            return None
        named = tuple((name, mapping) for name, mapping in found if name)
        whole = ir.Members(_ROOT, named) if named else found[0][1]
        return self._function((whole,), [{}], names)

    def pick(self, path: ir.Path, names: tuple[str, ...]) -> ir.Output:
        """What stands at ``path`` in the body of a request."""
        return self._function((ir.At(path),), [{}], names)

    def _function(
        self,
        alternatives: tuple[ir.Mapping, ...],
        schemas: list[dict[str, ir.JsonValue]],
        names: tuple[str, ...],
    ) -> ir.Output:
        # Not compared as values: 1 equals True, and lists have no hash.
        key = repr(alternatives)
        if key in self.known:
            return self.known[key]
        ident = ""
        for name in (*names, *(f"{names[-1]} {number}" for number in range(2, 100))):
            ident, taken = self.scope.claim(name, fallback="answer")
            if taken is None:
                break
        output = ir.Output(ident, alternatives, output_schemas.either(schemas))
        self.known[key] = output
        return output


def _consumed(node: Node) -> ir.Mapping | None:
    """The path of one consumed output, or its fixed value."""
    kind = node.text("type")
    key = "mapping" if node.has("mapping") else "value"
    if key == "value" and not node.text("value").startswith("$"):
        value = constant(node, kind)
        return None if value is None else ir.Constant(value)
    path = _path(node, key)
    return None if path is None else ir.At(path, _example(node, kind))


def _merged(
    node: Node, found: list[tuple[str, Node, ir.Mapping]]
) -> tuple[tuple[ir.Mapping, ...], list[dict[str, ir.JsonValue]]]:
    """Several named outputs are one object; of the others the first that is not null counts."""
    named = [(name, item, mapping) for name, item, mapping in found if name]
    if len(named) < 2:
        return (
            tuple(mapping for _, _, mapping in found),
            [output_schemas.of(item) for _, item, _ in found],
        )
    lines: dict[str, int] = {}
    for name, item, _ in named:
        if name in lines:
            item.error(
                "E232",
                f"the output `{name}` is already declared at line {lines[name]}",
                at="name",
            )
        lines.setdefault(name, item.span("name").start.line)
    whole = ir.Members(_ROOT, tuple((name, mapping) for name, _, mapping in named))
    schema = output_schemas.members([(name, item) for name, item, _ in named])
    before: list[ir.Mapping] = []
    schemas: list[dict[str, ir.JsonValue]] = []
    for name, item, mapping in found:
        if name:
            # The object is never null: nothing behind it could be the answer.
            return (*before, whole), [*schemas, schema]
        before.append(mapping)
        schemas.append(output_schemas.of(item))
    return (*before, whole), [*schemas, schema]


def _lower(
    node: Node, render: Render | None, nested: bool = False, lists: int = 0
) -> ir.Mapping | None:
    """The mapping at ``node``; None after a problem was reported."""
    kind = node.text("type")
    if nested and node.has("name") and node.text("name") != node.path[-1]:
        node.error(
            "W214",
            f"the name `{node.text('name')}` is not used: a part is called by its key",
            at="name",
        )
    if node.has("value"):
        if render is not None and "{{" in node.text("value"):
            return render(node)
        value = constant(node, kind)
        return None if value is None else ir.Constant(value)
    if node.has("const") and not any(
        node.has(key) for key in ("mapping", "properties", "items")
    ):
        return ir.Constant(node.child("const").value)
    path = _path(node)
    if path is None:
        return None
    if kind == "object" and (node.members("properties") or not node.has("mapping")):
        members = [
            (name, _lower(member, render, True, lists))
            for name, member in node.members("properties")
        ]
        whole = tuple((name, mapping) for name, mapping in members if mapping)
        return ir.Members(path, whole) if len(whole) == len(members) else None
    if kind == "array":
        if not node.has("items"):
            return ir.Each(path, None)
        if lists == _DEEPEST:
            node.unsupported("items", f"a list in more than {_DEEPEST} lists")
            return None
        item = _lower(node.child("items"), render, True, lists + 1)
        if item is None:
            return None
        return ir.Each(path, None if item == ir.At(_ROOT) else item)
    return ir.At(path, _example(node, kind))


def _example(node: Node, kind: str) -> ir.JsonValue:
    if node.has("const"):
        const: ir.JsonValue = node.child("const").value
        return const
    examples: dict[str, ir.JsonValue] = {
        "number": 7,
        "boolean": True,
        "object": {},
        "array": ["text"],
    }
    return examples.get(kind, "text")


def constant(node: Node, kind: str) -> ir.JsonValue:
    """The fixed value of the output at ``node``; None after a problem was reported."""
    written = node.child("value").value
    if not isinstance(written, str):
        return None
    if "{{" in written:
        node.error(
            "E218",
            "here are no inputs that a template could be filled with",
            at="value",
            hint="write a JSONPath, or put the template into the output of the route or tool",
        )
        return None
    value = _typed(written.strip(), kind) if kind != "string" else written
    if value is None:
        node.error(
            "E218",
            f"`{written}` is no value of type `{kind}`",
            at="value",
            hint=_NUMBER_HINT,
        )
        return None
    return value


def _typed(text: str, kind: str) -> ir.JsonValue:
    """A fixed value in the type of its output; None for a text that is none."""
    if kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if kind in ("object", "array"):
        return _document(text, dict if kind == "object" else list)
    try:
        return int(text) if text.lstrip("-").isdigit() else _finite(float(text))
    except ValueError:
        return None


def _document(text: str, kind: type) -> ir.JsonValue:
    """The object or list that a JSON text is; None for another one."""
    try:
        value: ir.JsonValue = json.loads(text, parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, kind) else None


def _finite(number: float) -> float | None:
    return number if abs(number) < float("inf") else None


def check_paths(node: Node) -> None:
    """Report the paths of a consumed operation's outputs that nobody could follow."""
    for item in node.items("outputParameters"):
        if item.text("value").startswith("$"):
            _path(item, "value")


def _path(node: Node, key: str = "mapping") -> ir.Path | None:
    """The path at ``key``, or the place that the output stands in when it has none."""
    if not node.has(key):
        return _ROOT
    text = node.child(key).value
    if not isinstance(text, str):
        return None
    try:
        return parse(text)
    except PathError as problem:
        span = inside(node, key, text, problem.start, problem.end)
        node.report.add("E231", problem.message, span, problem.hint)
        return None


def inside(node: Node, key: str, text: str, start: int, end: int) -> Span:
    """Where the characters ``start`` to ``end`` of the text at ``key`` stand in the file.

    It is the whole scalar when that spells its value otherwise (escapes, several lines).
    """
    whole = node.span(key)
    line = whole.start.line
    if whole.end.line != line:
        return whole
    written = node.report.texts.get(whole.file, "").splitlines()
    first, last = whole.start.column - 1, whole.end.column - 1
    shown = written[line - 1][first:last] if line <= len(written) else ""
    if shown[:1] in ("'", '"') and shown[1:-1] == text:
        first += 1
    elif shown != text:
        return whole
    return Span(
        whole.file,
        Position(line, first + start + 1),
        Position(line, first + min(end, max(len(text), start + 1)) + 1),
    )
