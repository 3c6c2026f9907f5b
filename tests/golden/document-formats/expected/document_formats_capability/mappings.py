"""What Documents answers with."""

from __future__ import annotations

from .json_values import children, item, members
from .reply import JsonValue


def get_settings(document: JsonValue) -> JsonValue:
    """The answer of GET /settings."""
    root = document if isinstance(document, dict) else {}
    shop = members(root.get("shop"))
    return {"currency": shop.get("currency"), "open": shop.get("open")}


def list_prices(document: JsonValue) -> JsonValue:
    """The answer of GET /prices."""
    root = document if isinstance(document, dict) else {}
    found = item(root.get("tables"), 0)
    answer: list[JsonValue] | None = None
    if isinstance(found, list):
        answer = []
        for entry in found:
            fields = entry if isinstance(entry, dict) else {}
            answer.append(
                {"article": fields.get("Article"), "price": fields.get("Price")},
            )
    return answer


def get_order(document: JsonValue) -> JsonValue:
    """The answer of GET /orders/{id}."""
    root = document if isinstance(document, dict) else {}
    found = root.get("lines")
    skus: list[JsonValue] | None = None
    if found is not None:
        skus = []
        for node in children(found):
            if isinstance(node, dict) and "sku" in node:
                skus.append(node["sku"])
    return {"id": root.get("id"), "total": root.get("total"), "skus": skus}


def get_ship(document: JsonValue) -> JsonValue:
    """The answer of GET /ships/{imo}."""
    root = document if isinstance(document, dict) else {}
    found = root.get("track")
    track: list[JsonValue] | None = None
    if isinstance(found, list):
        track = []
        for entry in found:
            fields = entry if isinstance(entry, dict) else {}
            track.append(fields.get("lat"))
    return {"name": root.get("name"), "kind": root.get("kind"), "track": track}


def list_releases(document: JsonValue) -> JsonValue:
    """The answer of the tool list-releases."""
    root = document if isinstance(document, dict) else {}
    found = root.get("sections")
    answer: list[JsonValue] | None = None
    if isinstance(found, list):
        answer = []
        for entry in found:
            fields = entry if isinstance(entry, dict) else {}
            answer.append(
                {"name": fields.get("heading"), "text": fields.get("content")},
            )
    return answer


def document_tools_get_order(document: JsonValue) -> JsonValue:
    """The answer of the tool get-order."""
    root = document if isinstance(document, dict) else {}
    return root.get("state")
