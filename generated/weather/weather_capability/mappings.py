"""What Weather answers with."""

from __future__ import annotations

from .json_values import members
from .reply import JsonValue


def outputs_of_get_warnings(document: JsonValue) -> JsonValue:
    """The answer of steps that call getWarnings."""
    root = document if isinstance(document, dict) else {}
    summary = members(root.get("summary"))
    return {"text": summary.get("headline"), "ids": root.get("stations")}


def get_forecast(document: JsonValue) -> JsonValue:
    """The answer of the function forecast.get-forecast."""
    root = document if isinstance(document, dict) else {}
    station = members(root.get("station"))
    found = root.get("days")
    days: list[JsonValue] | None = None
    if isinstance(found, list):
        days = []
        for entry in found:
            fields = entry if isinstance(entry, dict) else {}
            temperature = members(fields.get("temperature"))
            days.append(
                {
                    "date": fields.get("date"),
                    "high": temperature.get("max"),
                    "low": temperature.get("min"),
                    "sky": fields.get("sky"),
                },
            )
    return {"station": station.get("name"), "days": days}
