"""``value`` and ``pattern`` of inputs: fixed values, places in the body, forms of texts."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import SchemaError, SchemaValidator, core_schema

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m
from naftiko_gen.jsonpath import PathError, parse

from .node import Node
from .outputs import Outputs, inside

_FEATURES = ("look-around", "backreference")


def fixed_values(declared: Mapping[str, Node]) -> dict[str, str]:
    """The inputs that always have one value, whatever callers send."""
    return {
        name: node.text("value")
        for name, node in declared.items()
        if node.has("value") and not node.text("value").startswith("$")
    }


def pick(node: Node, outputs: Outputs, names: tuple[str, ...]) -> m.Output | None:
    """Where in the body the input at ``node`` stands; None for the member of its name."""
    text = node.text("value")
    if not text.startswith("$"):
        return None
    if node.text("in") != "body":
        node.error(
            "E338",
            f"`{text}` is a place in the body, and `{node.text('name')}` is in the"
            f" {node.text('in')}",
            at="value",
            hint="write `in: body`, or the value itself",
        )
        return None
    try:
        path = parse(text)
    except PathError as problem:
        span = inside(node, "value", text, problem.start, problem.end)
        node.report.add("E231", problem.message, span, problem.hint)
        return None
    if not all(map(_plain, path.segments)):
        node.error(
            "E231",
            "the place of an input is made of names, indices and `[*]`",
            at="value",
        )
        return None
    return outputs.pick(path, names)


def _plain(segment: m.Segment) -> bool:
    if segment.descend or len(segment.selectors) != 1:
        return False
    selector = segment.selectors[0]
    if isinstance(selector, m.Index):
        return selector.index >= 0
    return isinstance(selector, m.Name | m.Wildcard)


def pattern_of(node: Node, kind: ir.Scalar) -> str:
    """The pattern of the input at ``node``, empty when nothing is checked with it."""
    text = node.text("pattern")
    if not text:
        return ""
    try:
        SchemaValidator(core_schema.str_schema(pattern=text))
    except SchemaError as problem:
        _refuse(node, str(problem))
        return ""
    if kind not in ("string", "json"):
        node.error(
            "W213",
            f"a value of type `{kind}` is no text that a pattern could be held against",
            at="pattern",
            hint="write `type: string`, or remove the pattern",
        )
        return ""
    return text


def _refuse(node: Node, problem: str) -> None:
    lines = [line.strip() for line in problem.splitlines() if line.strip()]
    said = next((line for line in lines if line.startswith("error:")), lines[-1])
    said = said.removeprefix("error:").strip()
    costly = any(feature in said for feature in _FEATURES)
    node.error(
        "E333",
        f"the pattern cannot be used: {said}",
        at="pattern",
        hint=(
            "with these no bound on the time of a match can be given: write the pattern without"
            if costly
            else None
        ),
    )
