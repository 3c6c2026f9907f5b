"""Bodies in which inputs stand somewhere inside: their schemas, and examples of them."""

from __future__ import annotations

from collections.abc import Sequence

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m


def picked_schema(
    items: Sequence[ir.Input], members: ir.JsonObject, required: list[ir.JsonValue]
) -> ir.JsonObject:
    """The schema of the body; ``members`` are those of all inputs, ``required`` of which by name."""
    inside = {item.name for item in items}
    plain: ir.JsonObject = {k: v for k, v in members.items() if k not in inside}
    schema: ir.JsonObject = {"type": "object", "properties": plain} if plain else {}
    needed: list[ir.JsonValue] = [name for name in required if name not in inside]
    if needed:
        schema["required"] = needed
    for item in items:
        _describe(schema, _steps(item), members[item.name], item.name in required)
    return schema


def _describe(
    schema: ir.JsonObject,
    steps: list[str | int],
    described: ir.JsonValue,
    required: bool,
) -> None:
    """Say in ``schema`` that a value stands ``steps`` below."""
    if not steps:
        assert isinstance(described, dict)
        schema.update(described)
        return
    step, *others = steps
    if isinstance(step, int):
        schema.setdefault("type", "array")
        inner = schema.setdefault("items", {})
    else:
        schema.setdefault("type", "object")
        properties = schema.setdefault("properties", {})
        assert isinstance(properties, dict)
        inner = properties.setdefault(step, {})
        names = schema.setdefault("required", []) if required else []
        assert isinstance(names, list)
        if required and step not in names:
            names.append(step)
    assert isinstance(inner, dict)
    _describe(
        inner, others, described if others or isinstance(step, str) else {}, required
    )


def put(document: ir.JsonValue, item: ir.Input, value: ir.JsonValue) -> ir.JsonValue:
    """``document`` with ``value`` where the input stands."""
    return _put(document, _steps(item), value)


def _put(
    document: ir.JsonValue, steps: list[str | int], value: ir.JsonValue
) -> ir.JsonValue:
    if not steps:
        return value
    step, *others = steps
    if isinstance(step, str):
        members = document if isinstance(document, dict) else {}
        return {**members, step: _put(members.get(step), others, value)}
    rows = list(document) if isinstance(document, list) else []
    rows += [None] * (step + 1 - len(rows))
    rows[step] = _put(rows[step], others, value)
    return rows


def _steps(item: ir.Input) -> list[str | int]:
    """The names and indices to a value; of all items of a list the first."""
    assert item.pick is not None
    mapping = item.pick.alternatives[0]
    assert isinstance(mapping, m.At)
    found: list[str | int] = []
    for segment in mapping.path.segments:
        selector = segment.selectors[0]
        if isinstance(selector, m.Name):
            found.append(selector.name)
        else:
            found.append(selector.index if isinstance(selector, m.Index) else 0)
    return found
