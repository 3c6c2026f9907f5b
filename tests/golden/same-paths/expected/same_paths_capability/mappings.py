"""What Two shops answers with."""

from __future__ import annotations

from .reply import JsonValue


def north_items(document: JsonValue) -> JsonValue:
    """The answer of GET /north."""
    root = document if isinstance(document, dict) else {}
    found = root.get("items")
    answer: list[JsonValue] | None = None
    if isinstance(found, list):
        answer = []
        for entry in found:
            fields = entry if isinstance(entry, dict) else {}
            answer.append({"north": fields.get("north")})
    return answer


def south_items(document: JsonValue) -> JsonValue:
    """The answer of GET /south."""
    answer: list[JsonValue] | None = None
    if isinstance(document, list):
        answer = []
        for entry in document:
            fields = entry if isinstance(entry, dict) else {}
            answer.append({"south": fields.get("south")})
    return answer


def east_items(document: JsonValue) -> JsonValue:
    """The answer of GET /east."""
    root = document if isinstance(document, dict) else {}
    return {"east": root.get("east")}
