"""The contracts of the adapters, as data, and where they stand."""

from __future__ import annotations

import json

from naftiko_gen import ir
from naftiko_gen.contracts import openapi


def contract_name(capability: ir.Capability, adapter: ir.Adapter) -> str:
    """``openapi.json`` or ``tools.json``; with the adapter's name when there are several."""
    rest = isinstance(adapter, ir.RestAdapter)
    kind, alike = ("openapi", capability.rest) if rest else ("tools", capability.mcp)
    return f"{kind}.json" if len(alike) == 1 else f"{kind}.{adapter.ident}.json"


def contracts(capability: ir.Capability) -> dict[str, bytes]:
    """The contract of every adapter by file name."""
    return {
        contract_name(capability, adapter): _encode(
            openapi(capability, adapter)
            if isinstance(adapter, ir.RestAdapter)
            else tools(adapter)
        )
        for adapter in capability.adapters
    }


def tools(adapter: ir.McpAdapter) -> ir.JsonObject:
    """What the adapter answers to ``tools/list`` (MCP 2025-11-25, server/tools)."""
    return {"tools": [_tool(tool) for tool in adapter.tools]}


def _tool(tool: ir.Tool) -> ir.JsonObject:
    return {
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "inputSchema": tool.input_schema,
        # All four are written: a client would take the worst for one that is not.
        "annotations": {
            "title": tool.title,
            "readOnlyHint": tool.read_only,
            "destructiveHint": tool.destructive,
            "idempotentHint": tool.idempotent,
            "openWorldHint": tool.open_world,
        },
    }


def _encode(document: ir.JsonObject) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
