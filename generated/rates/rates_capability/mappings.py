"""What Exchange rates answers with."""

from __future__ import annotations

from .json_values import at, children, equal
from .reply import JsonValue


def list_rates(document: JsonValue) -> JsonValue:
    """The answer of GET /rates/{date}."""
    answer: list[JsonValue] | None = None
    if isinstance(document, list):
        answer = []
        for entry in document:
            fields = entry if isinstance(entry, dict) else {}
            answer.append(
                {
                    "currency": fields.get("CURRENCY"),
                    "rate": fields.get("OBS_VALUE"),
                    "status": fields.get("OBS_STATUS"),
                },
            )
    return answer


def get_euro_rate(document: JsonValue) -> JsonValue:
    """The answer of GET /rates/{date}/euro."""
    answer: list[JsonValue] | None = None
    if document is not None:
        nodes: list[JsonValue] = []
        for child in children(document):
            if equal(at(child, "CURRENCY"), "EUR"):
                nodes.append(child)
        answer = []
        for node in nodes:
            if isinstance(node, dict) and "OBS_VALUE" in node:
                answer.append(node["OBS_VALUE"])
    return answer


def list_currencies(document: JsonValue) -> JsonValue:
    """The answer of the tool list-currencies."""
    answer: list[JsonValue] | None = None
    if document is not None:
        answer = []
        for node in children(document):
            if isinstance(node, dict) and "CURRENCY" in node:
                answer.append(node["CURRENCY"])
    return answer
