"""The MCP adapters of Notes: tools and servers."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, commands
from .context import Context
from .contract import read_contract
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command

NOTES_TOOLS: dict[str, Command[Context]] = {
    "send-json": commands.send_json,
    "send-json-text": commands.send_json_text,
    "send-text": commands.send_text,
    "send-xml": commands.send_xml,
    "send-sparql": commands.send_sparql,
    "send-form": commands.send_form,
    "send-form-text": commands.send_form_text,
    "send-multipart": commands.send_multipart,
    "send-raw": commands.send_raw,
    "send-raw-xml": commands.send_raw_xml,
    "send-passed": commands.send_passed,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "notes-tools": (NOTES_TOOLS, "tools.json", "Request bodies of every kind."),
}


def create_server(namespace: str, context: Context) -> Server[Any]:
    """The server of the adapter `namespace`; KeyError for an unknown one."""
    handlers, contract, instructions = ADAPTERS[namespace]
    tools = read_tools(read_contract(contract), handlers)
    chosen = context.settings
    return build_server(
        allowed(tools, chosen.mcp_tools, read_only=chosen.safeguards.read_only),
        context,
        name=namespace,
        title="Notes",
        version=__version__,
        instructions=instructions,
    )
