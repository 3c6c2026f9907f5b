"""The MCP resources of Orders to read: what reads each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mcp.server.lowlevel import Server

from . import check, flows, mappings, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mapped import mapped
from .reply import Reply
from .resource_support import Resource, add_resources
from .wire import concat_given


async def totals(arguments: Mapping[str, str], context: Context) -> Reply:
    """shop://totals: get-totals"""
    return await operations.get_totals(context.shop)


async def order_line(arguments: Mapping[str, str], context: Context) -> Reply:
    """shop://orders/{order}/lines/{line_number}.json: get-line"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(faults, arguments.get("order"), "/order", required=True)
    line = check.text_string(
        faults,
        arguments.get("line_number"),
        "/line_number",
        required=True,
    )
    line_number = check.text_string(
        faults,
        arguments.get("line_number"),
        "/line_number",
        required=True,
    )
    faults.raise_any()
    reply = await operations.get_line(
        context.shop,
        locale="en",
        number=given(number),
        line=given(line),
        tag=concat_given("line-", line_number),
    )
    return mapped(reply, mappings.order_line)


async def label(arguments: Mapping[str, str], context: Context) -> Reply:
    """shop://labels/{number}: get-label"""
    faults = Faults(context.settings.allow_unknown_fields)
    number = check.text_string(
        faults,
        arguments.get("number"),
        "/number",
        required=True,
    )
    faults.raise_any()
    return await operations.get_label(context.shop, number=given(number))


async def summary(arguments: Mapping[str, str], context: Context) -> Reply:
    """shop://orders/{order}/summary: An order beside the totals."""
    faults = Faults(context.settings.allow_unknown_fields)
    order = check.text_string(faults, arguments.get("order"), "/order", required=True)
    faults.raise_any()
    return await flows.summary(context, order=given(order))


SHOP_MCP: tuple[Resource[Context], ...] = (
    Resource(("shop://totals",), (), totals),
    Resource(
        ("shop://orders/", "/lines/", ".json"),
        ("order", "line_number"),
        order_line,
        mime_type="application/vnd.shop+json; charset=utf-8",
    ),
    Resource(("shop://labels/", ""), ("number",), label, mime_type="image/png"),
    Resource(
        ("shop://orders/", "/summary"),
        ("order",),
        summary,
        mime_type="application/json",
    ),
)

# The published files: what is read for each URI, and nothing else ever is.
FILES: dict[str, dict[str, str]] = {
    "shop-mcp": {
        "docs://guides/start.md": "guides/start.md",
        "docs://guides/units/weights.json": "guides/units/weights.json",
        "docs://letter": "letter_file/letter.txt",
    },
}

# The resources and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Resource[Context], ...], str]] = {
    "shop-mcp": (SHOP_MCP, "resources.json"),
}


def add_resources_of(namespace: str, server: Server[Any], context: Context) -> None:
    """Let `server` serve the resources of the adapter `namespace`, if it has any."""
    if namespace in ADAPTERS:
        resources, contract = ADAPTERS[namespace]
        files = FILES.get(namespace, {})
        add_resources(server, read_contract(contract), resources, files, context)
