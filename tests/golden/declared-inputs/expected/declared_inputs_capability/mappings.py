"""What Orders answers with."""

from __future__ import annotations

from .json_values import item, members
from .reply import JsonValue


def filter_of_search_in_body(document: JsonValue) -> JsonValue:
    """A value in the body of POST /searches."""
    root = document if isinstance(document, dict) else {}
    query = members(root.get("query"))
    return query.get("filter")


def first_of_search_in_body(document: JsonValue) -> JsonValue:
    """A value in the body of POST /searches."""
    root = document if isinstance(document, dict) else {}
    query = members(root.get("query"))
    return item(query.get("words"), 0)
