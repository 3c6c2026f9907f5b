"""What Market data answers with."""

from __future__ import annotations

from .json_values import children, item, members
from .reply import JsonValue


def list_rates(document: JsonValue) -> JsonValue:
    """The answer of GET /rates."""
    answer: list[JsonValue] | None = None
    if isinstance(document, list):
        answer = []
        for entry in document:
            fields = entry if isinstance(entry, dict) else {}
            answer.append(
                {"currency": fields.get("currency"), "rate": fields.get("rate")},
            )
    return answer


def list_news(document: JsonValue) -> JsonValue:
    """The answer of GET /news."""
    root = document if isinstance(document, dict) else {}
    channel = members(root.get("channel"))
    found = channel.get("item")
    headlines: list[JsonValue] | None = None
    if found is not None:
        headlines = []
        for node in children(found):
            if isinstance(node, dict) and "title" in node:
                headlines.append(node["title"])
    return {"title": channel.get("title"), "headlines": headlines}


def list_banks(document: JsonValue) -> JsonValue:
    """The answer of the tool list-banks."""
    answer: list[JsonValue] | None = None
    if isinstance(document, list):
        answer = []
        for entry in document:
            fields = entry if isinstance(entry, dict) else {}
            answer.append({"name": fields.get("name")})
    return answer


def list_fees(document: JsonValue) -> JsonValue:
    """The answer of the tool list-fees."""
    fields = members(item(document, 0))
    return fields.get("fee")
