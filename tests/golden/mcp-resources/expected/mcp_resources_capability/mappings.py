"""What Orders to read answers with."""

from __future__ import annotations

from .json_values import members
from .reply import JsonValue


def order_line(document: JsonValue) -> JsonValue:
    """The answer of the resource order-line."""
    root = document if isinstance(document, dict) else {}
    item_2 = members(root.get("item"))
    return {"sku": item_2.get("sku"), "count": root.get("count")}
