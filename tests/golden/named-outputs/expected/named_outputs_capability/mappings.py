"""What Parcel answers with."""

from __future__ import annotations

from .reply import JsonValue


def get_parcel(document: JsonValue) -> JsonValue:
    """The answer of GET /parcels/{number}."""
    root = document if isinstance(document, dict) else {}
    found = root.get("to")
    to: JsonValue = None
    if found is not None:
        fields = found if isinstance(found, dict) else {}
        to = {"country": fields.get("country")}
    found_2 = root.get("stops")
    stops: list[JsonValue] | None = None
    if isinstance(found_2, list):
        stops = []
        for entry in found_2:
            fields_2 = entry if isinstance(entry, dict) else {}
            stops.append(fields_2.get("place"))
    return {
        "unit": "kg",
        "weight": root.get("weight"),
        "arrived": root.get("arrived"),
        "to": to,
        "stops": stops,
    }


def parcel_rules(document: JsonValue) -> JsonValue:
    """The answer of GET /parcels/{number}/rules."""
    root = document if isinstance(document, dict) else {}
    return {
        "limits": {"weight": 30},
        "countries": ["NL", "BE"],
        "number": root.get("number"),
    }


def outputs_of_get_parcel(document: JsonValue) -> JsonValue:
    """The answer of steps that call get-parcel."""
    root = document if isinstance(document, dict) else {}
    return {"arrived": root.get("arrived"), "next": root.get("next")}
