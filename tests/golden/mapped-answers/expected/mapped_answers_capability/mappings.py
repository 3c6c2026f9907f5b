"""What Orders answers with."""

from __future__ import annotations

from .json_values import (
    MISSING,
    at,
    children,
    descendants,
    equal,
    item,
    items,
    less,
    members,
)
from .reply import JsonValue


def get_order(document: JsonValue) -> JsonValue:
    """The answer of GET /orders/{id}."""
    root = document if isinstance(document, dict) else {}
    data = members(root.get("data"))
    found = data.get("customer")
    customer: JsonValue = None
    if found is not None:
        fields = found if isinstance(found, dict) else {}
        address = members(fields.get("address"))
        customer = {"name": fields.get("name"), "city": address.get("city")}
    found_2 = data.get("lines")
    lines: list[JsonValue] | None = None
    if isinstance(found_2, list):
        lines = []
        for entry in found_2:
            fields_2 = entry if isinstance(entry, dict) else {}
            found_3 = fields_2.get("parts")
            parts: list[JsonValue] | None = None
            if isinstance(found_3, list):
                parts = []
                for entry_2 in found_3:
                    fields_3 = entry_2 if isinstance(entry_2, dict) else {}
                    parts.append({"part": fields_3.get("name")})
            lines.append(
                {
                    "sku": fields_2.get("sku"),
                    "first tag": item(fields_2.get("tags"), 0),
                    "parts": parts,
                },
            )
    customer_2 = members(data.get("customer"))
    return {
        "id": data.get("id"),
        "source": "shop",
        "version": 2,
        "customer": customer,
        "lines": lines,
        "address": customer_2.get("address"),
    }


def list_orders(document: JsonValue) -> JsonValue:
    """The answer of GET /orders."""
    root = document if isinstance(document, dict) else {}
    found = root.get("orders")
    found_2: list[JsonValue] | None = None
    if found is not None:
        found_2 = []
        for child in children(found):
            if equal(at(child, "status"), "open") and (
                less(10, at(child, "total")) or at(child, "total") is MISSING
            ):
                found_2.append(child)
    open_: list[JsonValue] | None = None
    if isinstance(found_2, list):
        open_ = []
        for entry in found_2:
            fields = entry if isinstance(entry, dict) else {}
            open_.append({"id": fields.get("id"), "status": fields.get("status")})
    names: list[JsonValue] | None = None
    if document is not None:
        names = []
        for node in descendants(document):
            if isinstance(node, dict) and "name" in node:
                names.append(node["name"])
    fields_2 = members(item(root.get("orders"), -1))
    found_3 = root.get("orders")
    some: list[JsonValue] | None = None
    if found_3 is not None:
        some = []
        for node_2 in items(found_3)[0:4:2]:
            if isinstance(node_2, dict) and "id" in node_2:
                some.append(node_2["id"])
            if isinstance(node_2, dict) and "total" in node_2:
                some.append(node_2["total"])
    found_4 = root.get("orders")
    totals: list[JsonValue] | None = None
    if found_4 is not None:
        totals = []
        for node_3 in children(found_4):
            if isinstance(node_3, dict) and "total" in node_3:
                totals.append(node_3["total"])
    return {
        "open": open_,
        "names": names,
        "last": fields_2.get("id"),
        "some": some,
        "totals": totals,
    }


def get_order_id(document: JsonValue) -> JsonValue:
    """The answer of the tool get-order-id."""
    root = document if isinstance(document, dict) else {}
    error = members(root.get("error"))
    answer = error.get("text")
    if answer is not None:
        return answer
    data = members(root.get("data"))
    return data.get("id")


def shop_mcp_list_orders(document: JsonValue) -> JsonValue:
    """The answer of the tool list-orders."""
    root = document if isinstance(document, dict) else {}
    found = root.get("orders")
    answer: list[JsonValue] | None = None
    if isinstance(found, list):
        answer = found
    return answer
