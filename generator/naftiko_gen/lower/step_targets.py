"""``mappings``: which results of which steps an answer is made of."""

from __future__ import annotations

from naftiko_gen import ir

from . import output_schemas
from .node import Node
from .references import PLAIN, not_plain
from .step_values import StepValues


def lower_targets(node: Node, values: StepValues) -> tuple[ir.Target, ...]:
    """What ``mappings`` says; each problem is reported at its place."""
    targets: list[ir.Target] = []
    lines: dict[tuple[str, ...], int] = {}
    for item in node.items("mappings"):
        name = item.text("targetName")
        found = _value(item, values)
        path = tuple(name.split("."))
        if not name:
            continue
        if "" in path:
            item.error(
                "E284",
                f"the target `{name}` has an empty name in it",
                at="targetName",
                hint="write names with one dot between them: `vessel.name`",
            )
            continue
        line = item.span("targetName").start.line
        other = next((p for p in lines if _collide(p, path)), None)
        if other is not None:
            item.error(
                "E285",
                f"`{name}` and `{'.'.join(other)}` of line {lines[other]} are one place in the answer",
                at="targetName",
            )
            continue
        lines[path] = line
        if found is not None:
            targets.append(ir.Target(path, found))
    return tuple(targets)


def named_steps(node: Node, values: StepValues) -> tuple[ir.Target, ...]:
    """Outputs without mappings that are all called as steps: each is that step's result."""
    names = [item.text("name") for item in node.items("outputParameters")]
    if node.has("mappings") or not all(name in values.results for name in names):
        return ()
    return tuple(
        ir.Target((name,), ir.Found(name, values.results[name]))
        for name in dict.fromkeys(names)
    )


def _value(item: Node, values: StepValues) -> ir.Found | None:
    text = item.text("value")
    if not item.has("value") or not isinstance(item.child("value").value, str):
        return None
    if not_plain(text):
        item.error("E284", not_plain(text), at="value", hint=PLAIN)
        return None
    step, *path = text[2:].split(".")
    return values.step(item.child("value"), step, tuple(path))


def _collide(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether both cannot be in one object: they are equal, or one is inside the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def answer_schema(node: Node, targets: tuple[ir.Target, ...]) -> ir.JsonObject:
    """The JSON Schema of the answer, typed by the outputs of the same names."""
    if not targets:
        return {}
    outputs = {item.text("name"): item for item in node.items("outputParameters")}
    tree: ir.JsonObject = {"type": "object", "properties": {}}
    for target in targets:
        level = tree
        for index, name in enumerate(target.path):
            properties = level.setdefault("properties", {})
            assert isinstance(properties, dict)
            last = index == len(target.path) - 1
            item = outputs.get(".".join(target.path[: index + 1]))
            empty: ir.JsonObject = {} if last else {"type": "object", "properties": {}}
            known = output_schemas.of(item, nullable=True) if item and last else empty
            inner = properties.setdefault(name, known)
            assert isinstance(inner, dict)
            level = inner
    return tree
