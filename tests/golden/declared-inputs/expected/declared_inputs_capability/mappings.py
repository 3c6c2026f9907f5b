"""What Orders answers with."""

from __future__ import annotations

from .json_values import item, members
from .mocks import said_number
from .reply import JsonValue
from .wire import concat


def list_orders(
    document: JsonValue,
    *,
    customer: str | None,
    session: str | None,
    seen: int | None,
) -> JsonValue:
    """The answer of GET /customers/{customer}/orders."""
    root = document if isinstance(document, dict) else {}
    return {
        "title": concat("of ", customer, " by web", session),
        "seen": said_number(concat(seen)),
        "good": root.get("good"),
        "fixed": [1, 2],
    }


def orders_mcp_list_orders(
    document: JsonValue,
    *,
    customer: str | None,
    reason: str | None,
) -> JsonValue:
    """The answer of the tool list-orders."""
    return concat(customer, " is ", reason)


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
