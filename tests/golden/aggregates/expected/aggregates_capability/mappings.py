"""What Ships answers with."""

from __future__ import annotations

from .json_values import members
from .reply import JsonValue


def raw_name(document: JsonValue) -> JsonValue:
    """The answer of GET /raw/{imo}."""
    root = document if isinstance(document, dict) else {}
    data = members(root.get("data"))
    return data.get("name")


def get_ship(document: JsonValue) -> JsonValue:
    """The answer of the function fleet.get-ship."""
    root = document if isinstance(document, dict) else {}
    data = members(root.get("data"))
    return {"title": data.get("name"), "tons": data.get("tonnage")}
