"""The MCP resources of Scans: what reads each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mcp.server.lowlevel import Server

from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .resource_support import Resource, add_resources


async def scan(arguments: Mapping[str, str], context: Context) -> Reply:
    """scans://{id}: get-scan"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(faults, arguments.get("id"), "/id", required=True)
    faults.raise_any()
    return await operations.get_scan(context.scanner, id_=given(id_), max_size=128)


SCAN_TOOLS: tuple[Resource[Context], ...] = (Resource(("scans://", ""), ("id",), scan),)

# The resources and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Resource[Context], ...], str]] = {
    "scan-tools": (SCAN_TOOLS, "resources.json"),
}


def add_resources_of(namespace: str, server: Server[Any], context: Context) -> None:
    """Let `server` serve the resources of the adapter `namespace`, if it has any."""
    if namespace in ADAPTERS:
        resources, contract = ADAPTERS[namespace]
        add_resources(server, read_contract(contract), resources, {}, context)
