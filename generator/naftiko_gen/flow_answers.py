"""What a flow answers when its upstreams answer with their samples."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m
from naftiko_gen.jsonpath import evaluate

#: What contract tests give for an input of each type.
EXAMPLES: ir.JsonObject = {
    "array": [],
    "object": {},
    "string": "x",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "json": "x",
}


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
    for step in flow.work.steps:
        if isinstance(step, ir.LookupStep):
            rows = _looked_up(step, results)
            if rows is not None:
                results[step.name] = rows
            continue
        if isinstance(step, ir.ScriptStep):
            continue  # Nobody knows before it has run.
        last = document(step.operation)
        results[step.name] = _projected(step, last)
    answer: ir.JsonObject = {}
    for target in flow.work.targets:
        found = _at(results, target.value)
        if found is None:
            continue
        level = answer
        for name in target.path[:-1]:
            inner = level.setdefault(name, {})
            assert isinstance(inner, dict)
            level = inner
        level[target.path[-1]] = found[0]
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
    text = given_text(made.value, lambda found: None)
    if made.kind == "string":
        return text
    try:
        value: m.JsonValue = json.loads(text)
    except ValueError:
        return None
    if made.kind == "boolean":
        return value if isinstance(value, bool) else None
    return value if isinstance(value, int | float) and text[0] not in "tf" else None


def given_text(value: ir.Given, found: Callable[[ir.Found], m.JsonValue]) -> str:
    """The text of a value whose inputs are examples."""
    return "".join(_text(_part(part, found)) or "" for part in value.parts)


def _part(
    part: str | ir.Variable | ir.Credential | ir.Found,
    found: Callable[[ir.Found], m.JsonValue],
) -> m.JsonValue:
    if isinstance(part, ir.Found):
        return found(part)
    if isinstance(part, ir.Variable):
        return EXAMPLES[part.type]
    return part if isinstance(part, str) else None


def _text(value: m.JsonValue) -> str | None:
    if value is None or isinstance(value, list | dict):
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


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


def _looked_up(step: ir.LookupStep, results: Mapping[str, m.JsonValue]) -> m.JsonValue:
    def value_of(found: ir.Found) -> m.JsonValue:
        known = _at(results, found)
        return None if known is None else known[0]

    table = value_of(step.table)
    rows = table if isinstance(table, list) else [table]

    def one(value: m.JsonValue) -> m.JsonValue:
        key = _text(value)
        for row in rows:
            if not isinstance(row, dict) or key is None:
                continue
            if _text(row.get(step.match)) == key:
                return {name: row.get(name) for name in step.members}
        return None

    parts = step.value.parts
    if len(parts) != 1:
        return one(given_text(step.value, value_of))
    value = _part(parts[0], value_of)
    if not isinstance(value, list):
        return one(value)
    return [row for row in map(one, value) if row is not None] or None


def _at(
    results: Mapping[str, m.JsonValue], found: ir.Found
) -> tuple[m.JsonValue] | None:
    """What stands there, in a tuple; None where there is nothing."""
    if found.step not in results:
        return None
    value = results[found.step]
    for name in found.path:
        if not isinstance(value, dict) or name not in value:
            return None
        value = value[name]
    return (value,)
