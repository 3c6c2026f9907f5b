"""What Fleet answers with."""

from __future__ import annotations

from .reply import JsonValue


def ship_overview(document: JsonValue) -> JsonValue:
    """The answer of GET /ships/{imo}/overview."""
    return {}
