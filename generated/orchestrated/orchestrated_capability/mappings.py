"""What Orders answers with."""

from __future__ import annotations

from .json_values import members
from .reply import JsonValue


def outputs_of_list_products(document: JsonValue) -> JsonValue:
    """The answer of steps that call list-products."""
    root = document if isinstance(document, dict) else {}
    price = members(root.get("price"))
    return {"title": root.get("name"), "price": price.get("amount")}


def outputs_of_get_order(document: JsonValue) -> JsonValue:
    """The answer of steps that call get-order."""
    root = document if isinstance(document, dict) else {}
    return {
        "number": root.get("number"),
        "customer": root.get("customerId"),
        "products": root.get("productIds"),
    }


def outputs_of_get_customer(document: JsonValue) -> JsonValue:
    """The answer of steps that call get-customer."""
    root = document if isinstance(document, dict) else {}
    address = members(root.get("address"))
    return {"fullName": root.get("name"), "city": address.get("city")}
