"""Lookups in the results of earlier steps: hash joins, linear in what they join."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from .reply import JsonObject, JsonValue
from .wire import text

#: Rows by their texts; None is no key, so that what has no text finds nothing.
Index: TypeAlias = Mapping[str | None, JsonObject]


def index_of(table: JsonValue, match: str) -> Index:
    """The rows of a table by the text of their member `match`; of equal ones the first.

    An object is a table of one row; what is no object is no row.
    """
    rows = table if isinstance(table, list) else [table]
    # Backwards: what is put in last stays.
    index = {
        key if isinstance(key := row.get(match), str) else _text(key): row
        for row in reversed(rows)
        if isinstance(row, dict)
    }
    index.pop(None, None)
    return index


def look_up(index: Index, value: JsonValue, *members: str) -> JsonValue:
    """These members of the row for a value, null where it has none; None without such a row.

    A list is looked up item by item: a list of what is found, None when nothing is.
    """
    if not isinstance(value, list):
        row = index.get(value if isinstance(value, str) else _text(value))
        return None if row is None else {name: row.get(name) for name in members}
    rows = [index.get(key if isinstance(key, str) else _text(key)) for key in value]
    found: list[JsonValue] = [
        {name: row.get(name) for name in members} for row in rows if row is not None
    ]
    return found or None


def _text(value: JsonValue) -> str | None:
    # Numbers as they are written: 7 and "7" are one key.
    if value is None or isinstance(value, list | dict):
        return None
    return text(value)
