"""The MCP resources of Archive: what reads each of them."""

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


async def photo(arguments: Mapping[str, str], context: Context) -> Reply:
    """archive://photos/{id}: Get a photograph"""
    faults = Faults(context.settings.allow_unknown_fields)
    id_ = check.text_string(faults, arguments.get("id"), "/id", required=True)
    faults.raise_any()
    return await operations.get_photo(context.archive, id_=given(id_))


ARCHIVE_PRIVATE: tuple[Resource[Context], ...] = (
    Resource(
        ("archive://photos/", ""),
        ("id",),
        photo,
        mime_type="image/png",
        binary=True,
    ),
)

# The resources and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Resource[Context], ...], str]] = {
    "archive-private": (ARCHIVE_PRIVATE, "resources.archive_private.json"),
}


def add_resources_of(namespace: str, server: Server[Any], context: Context) -> None:
    """Let `server` serve the resources of the adapter `namespace`, if it has any."""
    if namespace in ADAPTERS:
        resources, contract = ADAPTERS[namespace]
        add_resources(server, read_contract(contract), resources, {}, context)
