"""What a flow answers when its upstreams answer with their samples."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m
from naftiko_gen.jsonpath import evaluate

#: A value of each type.
EXAMPLES: ir.JsonObject = {
    "array": [],
    "object": {},
    "string": "x",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "json": "x",
}
_MISSING = object()


def answer_of(
    flow: ir.Flow, document: Callable[[ir.Operation], m.JsonValue]
) -> m.JsonValue:
    """What the flow answers when each operation answers with its ``document``.

    Its inputs have the values of ``EXAMPLES``.
    """
    if isinstance(flow.work, ir.Mock):
        return _made(flow.work.document)
    results: dict[str, m.JsonValue] = {}
    last: m.JsonValue = None
    for step in flow.work.calls:
        last = document(step.operation)
        results[step.name] = _projected(step, last)
    answer: ir.JsonObject = {}
    for target in flow.work.targets:
        value = _at(results, target.value)
        if value is _MISSING:
            continue
        level = answer
        for name in target.path[:-1]:
            inner = level.setdefault(name, {})
            assert isinstance(inner, dict)
            level = inner
        level[target.path[-1]] = value  # type: ignore[assignment]
    if isinstance(flow.work, ir.Single) and flow.work.output is not None:
        mapped = evaluate(flow.work.output, last)
        return last if mapped is None else mapped
    return answer or last


def _made(made: ir.Made) -> m.JsonValue:
    if isinstance(made, dict):
        return {name: _made(member) for name, member in made.items()}
    if isinstance(made, list):
        return [_made(item) for item in made]
    if not isinstance(made, ir.Rendered):
        return made
    text = "".join(_example(part) for part in made.value.parts)
    if made.kind == "string":
        return text
    try:
        value: m.JsonValue = json.loads(text)
    except ValueError:
        return None
    if made.kind == "boolean":
        return value if isinstance(value, bool) else None
    return value if isinstance(value, int | float) and text[0] not in "tf" else None


def _example(part: object) -> str:
    if isinstance(part, str):
        return part
    assert isinstance(part, ir.Variable), "a fixed answer is made of inputs alone"
    value = EXAMPLES[part.type]
    return value if isinstance(value, str) else json.dumps(value)


def _projected(step: ir.CallStep, document: m.JsonValue) -> m.JsonValue:
    if step.projection is None:
        return document
    if not isinstance(document, list):
        return evaluate(step.projection, document)
    rows: list[m.JsonValue] = []
    for row in document:
        members = evaluate(step.projection, row)
        before = row if isinstance(row, dict) else {}
        rows.append({**before, **(members if isinstance(members, dict) else {})})
    return rows


def _at(results: Mapping[str, m.JsonValue], found: ir.Found) -> object:
    value: object = results.get(found.step, _MISSING)
    for name in found.path:
        if not isinstance(value, dict) or name not in value:
            return _MISSING
        value = value[name]
    return value
