"""Lookups in the results of earlier steps: hash joins, linear in what they join."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from .reply import JsonObject, JsonValue
from .wire import text

Index: TypeAlias = Mapping[str, JsonObject]


def index_of(table: JsonValue, match: str) -> Index:
    """The rows of a table by the text of their member `match`; of equal ones the first.

    An object is a table of one row; what is no object is no row.
    """
    rows = table if isinstance(table, list) else [table]
    index: dict[str, JsonObject] = {}
    for row in rows:
        if isinstance(row, dict):
            key = row.get(match)
            if not isinstance(key, str):
                key = _text(key)
                if key is None:
                    continue
            if key not in index:
                index[key] = row
    return index


def look_up(index: Index, value: JsonValue, *members: str) -> JsonValue:
    """These members of the row for a value, null where it has none; None without such a row.

    A list is looked up item by item: a list of what is found, None when nothing is.
    """
    if not isinstance(value, list):
        key = value if isinstance(value, str) else _text(value)
        row = None if key is None else index.get(key)
        return None if row is None else {name: row.get(name) for name in members}
    keys = (item if isinstance(item, str) else _text(item) for item in value)
    rows = [row for key in keys if key is not None and (row := index.get(key))]
    return [{name: row.get(name) for name in members} for row in rows] or None


def _text(value: JsonValue) -> str | None:
    # Numbers as they are written: 7 and "7" are one key.
    if value is None or isinstance(value, list | dict):
        return None
    return text(value)
