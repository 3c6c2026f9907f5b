"""The MCP adapters of Vault: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, commands, operations
from . import arguments as arguments_
from .acknowledged import acknowledged
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_resources import add_resources_of
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def find_boxes(arguments: JsonObject, context: Context) -> Reply:
    """Tool find-boxes: Boxes with a word in them"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("word",))
    word = arguments_.string(faults, arguments, "word", required=True)
    faults.raise_any()
    return await operations.find_boxes(context.vault, word=word)


async def empty_box(arguments: JsonObject, context: Context) -> Reply:
    """Tool empty-box: Throw away what is in a box"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("acknowledged", "box"),
    )
    acknowledged = arguments_.string(faults, arguments, "acknowledged", required=True)
    box = arguments_.string(faults, arguments, "box", required=True)
    faults.raise_any()
    return await operations.empty_box(
        context.vault,
        acknowledged=acknowledged,
        box=given(box),
    )


async def add_note(arguments: JsonObject, context: Context) -> Reply:
    """Tool add-note: Leave a note"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("text",))
    text = arguments_.string(faults, arguments, "text", required=True)
    faults.raise_any()
    return await operations.add_note(context.vault, text=text)


VAULT_TOOLS: dict[str, Command[Context]] = {
    "list-boxes": commands.list_boxes,
    "find-boxes": find_boxes,
    "empty-box": acknowledged(empty_box, "acknowledged_2"),
    "add-note": add_note,
    "note-twice": acknowledged(commands.note_twice),
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "vault-tools": (VAULT_TOOLS, "tools.json", "Open boxes, and empty them."),
}


def create_server(namespace: str, context: Context) -> Server[Any]:
    """The server of the adapter `namespace`; KeyError for an unknown one."""
    handlers, contract, instructions = ADAPTERS[namespace]
    tools = read_tools(read_contract(contract), handlers)
    chosen = context.settings
    server = build_server(
        allowed(tools, chosen.mcp_tools, read_only=chosen.safeguards.read_only),
        context,
        name=namespace,
        title="Vault",
        version=__version__,
        instructions=instructions,
    )
    add_resources_of(namespace, server, context)
    return server
