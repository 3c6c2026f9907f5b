"""What Parcel desk answers with."""

from __future__ import annotations

from .reply import JsonValue


def outputs_of_get_parcel(document: JsonValue) -> JsonValue:
    """The answer of steps that call get-parcel."""
    root = document if isinstance(document, dict) else {}
    return {"number": root.get("number"), "depot": root.get("depot")}
