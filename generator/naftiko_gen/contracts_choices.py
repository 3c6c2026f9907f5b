"""The contract of routes that share a method and a path: one operation that is either of them."""

from __future__ import annotations

from collections.abc import Sequence

from naftiko_gen import ir
from naftiko_gen.ir import JsonObject, JsonValue

_JSON = "application/json"


def merged(choice: ir.Choice, documents: Sequence[JsonObject]) -> JsonObject:
    """One operation of the ``documents`` of the alternatives of ``choice``, in their order."""
    document: JsonObject = {
        "operationId": choice.ident,
        "summary": " / ".join(dict.fromkeys(str(one["summary"]) for one in documents)),
        "description": _told(choice, documents),
    }
    parameters = _parameters(documents)
    if parameters:
        document["parameters"] = parameters
    bodies = [one["requestBody"] for one in documents if "requestBody" in one]
    if bodies:
        document["requestBody"] = _either(
            bodies, required=len(bodies) == len(documents)
        )
    responses: dict[str, JsonValue] = {}
    for one in documents:
        found = one["responses"]
        assert isinstance(found, dict)
        for status, answer in found.items():
            before = responses.get(status, answer)
            responses[status] = (
                answer if before == answer else _either([before, answer])
            )
    document["responses"] = {status: responses[status] for status in sorted(responses)}
    return document


def _told(choice: ir.Choice, documents: Sequence[JsonObject]) -> str:
    lines = []
    for one, document in zip(choice.alternatives, documents, strict=True):
        names = (" or " if one.some else " and ").join(f"`{n}`" for n in one.inputs)
        given = f"With {names}" if names else "Else"
        if one.others:
            given += f", without {' and '.join(f'`{n}`' for n in one.others)}"
        lines.append(f"{given}: {document['summary']}")
    return "\n\n".join(lines)


def _parameters(documents: Sequence[JsonObject]) -> list[JsonValue]:
    found: dict[tuple[str, str], JsonObject] = {}
    count: dict[tuple[str, str], int] = {}
    for document in documents:
        items = document.get("parameters", [])
        assert isinstance(items, list)
        for item in items:
            assert isinstance(item, dict)
            key = (str(item["name"]), str(item["in"]))
            count[key] = count.get(key, 0) + bool(item.get("required"))
            found.setdefault(key, item)
    # Required is what all of them need.
    return [
        item if count[key] == len(documents) else {**item, "required": False}
        for key, item in found.items()
    ]


def _either(parts: Sequence[JsonValue], *, required: bool | None = None) -> JsonObject:
    """A body or an answer that is one of several."""
    schemas: list[JsonValue] = []
    result: JsonObject = {}
    others: JsonObject = {}
    for part in parts:
        assert isinstance(part, dict)
        result = {**part, **result}
        content = part.get("content", {})
        assert isinstance(content, dict)
        for media, value in content.items():
            assert isinstance(value, dict)
            if media != _JSON:
                others[media] = value
                continue
            schema = value.get("schema", {})
            known = schema.get("anyOf") if isinstance(schema, dict) else None
            schemas += known if isinstance(known, list) else [schema]
    unique = [s for at, s in enumerate(schemas) if s not in schemas[:at]]
    if unique:
        schema = unique[0] if len(unique) == 1 else {"anyOf": unique}
        others = {_JSON: {"schema": schema}, **others}
    if required is not None:
        all_required = all(isinstance(p, dict) and p.get("required") for p in parts)
        result["required"] = required and all_required
    return {**result, "content": others}
