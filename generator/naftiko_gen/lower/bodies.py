"""JSON Schemas of request bodies, as straight-line checks."""

from __future__ import annotations

from typing import Any

from naftiko_gen import ir

_BOUNDS = {"minimum": "minimum", "maximum": "maximum", "enum": "enum"}
#: For each type, the JSON Schema keywords that its emitted helper enforces, and the option of the
#: helper for each. JSON Schema ignores a keyword that belongs to another type; so is it here.
_OPTIONS: dict[str, dict[str, str]] = {
    "string": {"maxLength": "max_length", "pattern": "pattern", "enum": "enum"},
    "integer": _BOUNDS,
    "number": _BOUNDS,
    "boolean": {},
    "array": {},
    "object": {},
}
_ENUMERATED: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": (int, float),
    "number": (int, float),
}


def lower_body(
    schema: ir.JsonObject | None, *, declared_required: bool, description: str
) -> ir.Body:
    """The body that ``schema`` describes.

    With a schema, a call without a body is fine as long as no member is required, whatever the
    capability says of its opaque parameter; without one, any JSON object is passed on.
    """
    if schema is None:
        opaque: ir.JsonObject = {"type": "object"}
        if description:
            opaque["description"] = description
        return ir.Body(opaque, declared_required, None, ())
    properties = schema.get("properties")
    members = properties if isinstance(properties, dict) else {}
    required = _names(schema.get("required"))
    checks = tuple(
        _check(name, member if isinstance(member, dict) else {}, name in required)
        for name, member in members.items()
    )
    known = tuple(members) if schema.get("additionalProperties") is False else None
    return ir.Body(schema, bool(required), known, checks)


def _check(name: str, schema: ir.JsonObject, required: bool) -> ir.Check:
    options: list[tuple[str, Any]] = [("required", True)] if required else []
    kinds = schema.get("type")
    names = [kinds] if isinstance(kinds, str) else _names(kinds)
    if "null" in names:
        names = [kind for kind in names if kind != "null"]
        enum = schema.get("enum")
        if not isinstance(enum, list) or None in enum:
            options.append(("nullable", True))
    variants = schema.get("anyOf")
    if isinstance(variants, list):
        return _alternatives(name, variants, options)
    if len(names) != 1 or names[0] not in _OPTIONS:
        return ir.Check("anything", name, tuple(options))
    kind = names[0]
    for keyword, option in _OPTIONS[kind].items():
        value = schema.get(keyword)
        if isinstance(value, list):
            value = [item for item in value if _is_one(item, kind)]
        if value is not None:
            options.append((option, value))
    items = schema.get("items")
    if (
        kind == "array"
        and isinstance(items, dict)
        and isinstance(items.get("type"), str)
    ):
        options.append(("items", items["type"]))
    return ir.Check("object_" if kind == "object" else kind, name, tuple(options))


def _is_one(value: ir.JsonValue, kind: str) -> bool:
    return isinstance(value, _ENUMERATED[kind]) and not isinstance(value, bool)


def _alternatives(
    name: str, variants: list[Any], options: list[tuple[str, Any]]
) -> ir.Check:
    variants = [variant for variant in variants if isinstance(variant, dict)]
    kinds = {str(variant.get("type")) for variant in variants}
    if kinds == {"integer", "string"}:
        return ir.Check("integer_or_string", name, tuple(options))
    if kinds == {"string", "array"}:
        array = next(v for v in variants if v.get("type") == "array")
        items = array.get("items")
        members = items.get("properties") if isinstance(items, dict) else None
        if isinstance(members, dict):
            options.append(("known", list(members)))
            return ir.Check("string_or_objects", name, tuple(options))
    return ir.Check("anything", name, tuple(options))


def _names(value: ir.JsonValue) -> list[str]:
    return (
        [item for item in value if isinstance(item, str)]
        if isinstance(value, list)
        else []
    )
