"""A capability in the shape of 1.0.0-beta5, for what 1.0.0-alpha2 has no word for: bytes."""

from __future__ import annotations

from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.stamps import IKANOS

from .model import Api

#: Lists of objects with a name, which are maps there.
_MAPS = ("resources", "operations", "inputParameters", "tools")


def needs_later(api: Api) -> bool:
    """Whether an operation of ``api`` answers with bytes."""
    return any(operation.answer.format == "binary" for operation in api.operations)


def later(document: JsonObject) -> JsonObject:
    """The document as 1.0.0-beta5 writes it."""
    found = {key: _later(value) for key, value in document.items() if key != "naftiko"}
    info = found["info"]
    assert isinstance(info, dict)
    found["info"] = {"display": info["label"], "description": info["description"]}
    return {"ikanos": IKANOS[-1], **found}


def _later(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_later(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _keyed(item) if key in _MAPS and isinstance(item, list) else _later(item)
        for key, item in value.items()
    }


def _keyed(items: list[JsonValue]) -> JsonObject:
    found: JsonObject = {}
    for item in items:
        assert isinstance(item, dict)
        rest = {key: value for key, value in item.items() if key != "name"}
        found[str(item["name"])] = _later(rest)
    return found
