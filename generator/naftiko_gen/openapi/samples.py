"""Values that fit a schema: examples for contract tests, answers for a sandbox."""

from __future__ import annotations

from naftiko_gen.ir import JsonObject, JsonValue

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
#: The values that stand for a type where nothing is known of it, here as in contract tests.
_PLAIN: dict[str, JsonValue] = {
    "string": "x",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "null": None,
}
_DEPTH = 6


def fits(value: JsonValue, schema: JsonObject) -> bool:
    """Whether ``value`` has a type of ``schema`` and keeps to its limits; its inside is not read."""
    kinds = types(schema)
    if kinds and not any(_is(value, kind) for kind in kinds):
        return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = schema.get("minimum"), schema.get("maximum")
        return not (
            (isinstance(low, int | float) and value < low)
            or (isinstance(high, int | float) and value > high)
        )
    if isinstance(value, str):
        longest = schema.get("maxLength")
        return not isinstance(longest, int) or len(value) <= longest
    if isinstance(value, list):
        items = schema.get("items")
        return not isinstance(items, dict) or all(fits(item, items) for item in value)
    return True


def types(schema: JsonObject) -> list[str]:
    """The types that ``schema`` names."""
    written = schema.get("type")
    if isinstance(written, str):
        return [written]
    return (
        [k for k in written if isinstance(k, str)] if isinstance(written, list) else []
    )


def suited(schema: JsonObject) -> list[JsonValue]:
    """A value within the limits of ``schema`` if the plain one of its type is not."""
    kind = next(iter(types(schema)), "")
    plain = _PLAIN.get(kind)
    if plain is None or "enum" in schema or fits(plain, schema):
        return []
    limits = (schema.get(keyword) for keyword in ("minimum", "maximum"))
    numbers: list[JsonValue] = [n for n in limits if isinstance(n, int | float)]
    candidates = numbers if isinstance(plain, int | float) else [""]
    return [value for value in candidates if fits(value, schema)][:1]


def sample(schema: JsonObject, depth: int = 0) -> JsonValue:
    """A value that ``schema`` describes: its examples where it has some."""
    for keyword in ("examples", "enum"):
        values = schema.get(keyword)
        if isinstance(values, list) and values:
            return values[0]
    if "default" in schema:
        return schema["default"]
    variants = schema.get("anyOf")
    if isinstance(variants, list) and variants and isinstance(variants[0], dict):
        return sample(variants[0], depth + 1)
    kind = next(iter(types(schema)), "object")
    if kind == "object":
        members = schema.get("properties")
        if depth > _DEPTH or not isinstance(members, dict):
            return {}
        return {
            name: sample(member, depth + 1)
            for name, member in members.items()
            if isinstance(member, dict)
        }
    if kind == "array":
        items = schema.get("items")
        return [sample(items, depth + 1)] if isinstance(items, dict) and items else []
    return _PLAIN.get(kind)


def _is(value: JsonValue, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, float) and kind == "integer":
        return value.is_integer()
    return isinstance(value, _KINDS.get(kind, (object,)))
