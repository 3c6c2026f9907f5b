"""The MCP resources of Vault: what reads each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mcp.server.lowlevel import Server

from . import check, operations
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .resource_support import Resource, add_resources


async def boxes(arguments: Mapping[str, str], context: Context) -> Reply:
    """vault://boxes: All boxes"""
    return await operations.list_boxes(context.vault)


async def search(arguments: Mapping[str, str], context: Context) -> Reply:
    """vault://searches/{word}: Boxes with a word in them"""
    faults = Faults(context.settings.allow_unknown_fields)
    word = check.text_string(faults, arguments.get("word"), "/word", required=True)
    faults.raise_any()
    return await operations.find_boxes(context.vault, word=word)


async def noted(arguments: Mapping[str, str], context: Context) -> Reply:
    """vault://noted/{text}: Leave a note"""
    faults = Faults(context.settings.allow_unknown_fields)
    text = check.text_string(faults, arguments.get("text"), "/text", required=True)
    faults.raise_any()
    return await operations.add_note(context.vault, text=text)


VAULT_TOOLS: tuple[Resource[Context], ...] = (
    Resource(("vault://boxes",), (), boxes),
    Resource(("vault://searches/", ""), ("word",), search),
    Resource(("vault://noted/", ""), ("text",), noted, reads=False),
)

# The resources and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Resource[Context], ...], str]] = {
    "vault-tools": (VAULT_TOOLS, "resources.json"),
}


def add_resources_of(namespace: str, server: Server[Any], context: Context) -> None:
    """Let `server` serve the resources of the adapter `namespace`, if it has any."""
    if namespace in ADAPTERS:
        resources, contract = ADAPTERS[namespace]
        add_resources(
            server,
            read_contract(contract),
            resources,
            {},
            context,
            read_only=context.settings.safeguards.read_only,
        )
