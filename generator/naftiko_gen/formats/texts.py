"""What values are in formats that have only texts."""

from __future__ import annotations

import json

from naftiko_gen.ir import JsonObject, JsonValue


def text_of(value: JsonValue) -> str:
    """A value as the text of a cell or an element, on one line."""
    if isinstance(value, str):
        # Not every format can hold a control character, or half of a surrogate pair.
        return " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return json.dumps(value, ensure_ascii=False)


def rows_of(wanted: JsonValue) -> list[dict[str, str]]:
    """Rows that all have the same columns, as near to ``wanted`` as a table can be."""
    items = wanted if isinstance(wanted, list) else [wanted]
    rows: list[JsonObject] = [item for item in items if isinstance(item, dict)]
    # A header is trimmed when it is read, and one without a name is no column.
    names = {
        name: None for row in rows for name in row if name and name == name.strip()
    }
    names = {name: None for name in names if name == text_of(name)} or {"name": None}
    full = [{name: text_of(row.get(name, "text")) for name in names} for row in rows]
    return full or [dict.fromkeys(names, "text")]
