"""What Fleet answers with."""

from __future__ import annotations

from .json_values import members
from .reply import JsonValue


def outputs_of_list_crew(document: JsonValue) -> JsonValue:
    """The answer of steps that call list-crew."""
    root = document if isinstance(document, dict) else {}
    return {"fullName": root.get("name")}


def outputs_of_get_ship(document: JsonValue) -> JsonValue:
    """The answer of steps that call get-ship."""
    root = document if isinstance(document, dict) else {}
    owner = members(root.get("owner"))
    return {
        "shipName": root.get("name"),
        "ids": root.get("crewIds"),
        "owner": owner.get("id"),
    }
