"""What the schemas of results say, and which of it has been seen in outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from naftiko_gen import results

#: A schema inside a file: the name of the file, and the pointer in it.
Place = tuple[str, str]

FILES = {
    "definitions": results.read("results/definitions"),
    **{name: results.read(f"results/{name}") for name in results.COMMANDS},
}
_REGISTRY: Registry[Any] = Registry().with_resources(
    (f"{name}.json", Resource.from_contents(found)) for name, found in FILES.items()
)


def properties(name: str) -> set[Place]:
    """Where the properties of a file are."""
    return {
        (name, f"{pointer}/properties/{key}")
        for pointer, part in parts(FILES[name])
        for key in part.get("properties", ())
    }


def parts(schema: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema that describes one, with its pointer."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield pointer, schema
        for key, inner in schema.items():
            yield from parts(inner, f"{pointer}/{key}")
    elif isinstance(schema, list):
        for number, inner in enumerate(schema):
            yield from parts(inner, f"{pointer}/{number}")


def seen(name: str, document: Any) -> set[Place]:
    """The properties of all files that ``document``, a result of a command, has."""
    return set(_seen((name, ""), document))


def _at(place: Place) -> Any:
    found: Any = FILES[place[0]]
    for key in filter(None, place[1].split("/")):
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


def _fits(place: Place, value: Any) -> bool:
    schema = {"$ref": f"{place[0]}.json#{place[1]}"}
    return Draft202012Validator(schema, registry=_REGISTRY).is_valid(value)


def _seen(place: Place, value: Any) -> Iterator[Place]:
    name, pointer = place
    schema = _at(place)
    if "$ref" in schema:
        file, _, inner = schema["$ref"].partition("#")
        yield from _seen((file.removesuffix(".json") or name, inner), value)
    for choice in ("oneOf", "anyOf"):
        for number in range(len(schema.get(choice, ()))):
            inside = (name, f"{pointer}/{choice}/{number}")
            if _fits(inside, value):
                yield from _seen(inside, value)
    if isinstance(value, list) and "items" in schema:
        for item in value:
            yield from _seen((name, f"{pointer}/items"), item)
    if not isinstance(value, dict):
        return
    known = schema.get("properties", {})
    for key, inner in value.items():
        if key in known:
            if schema.get("type") == "object":
                yield (name, f"{pointer}/properties/{key}")
            yield from _seen((name, f"{pointer}/properties/{key}"), inner)
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from _seen((name, f"{pointer}/additionalProperties"), inner)
