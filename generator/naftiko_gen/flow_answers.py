"""What a flow answers when its upstreams answer with their samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m
from naftiko_gen.jsonpath import evaluate

_MISSING = object()


def answer_of(
    flow: ir.Flow, document: Callable[[ir.Operation], m.JsonValue]
) -> m.JsonValue:
    """What the flow answers when each operation answers with its ``document``."""
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
    return answer or last


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
