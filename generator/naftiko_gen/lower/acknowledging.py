"""The argument with which an agent confirms that it means a destructive call."""

from __future__ import annotations

from dataclasses import replace

from naftiko_gen import ir
from naftiko_gen.ir_mcp import ACKNOWLEDGED

_MEANING = (
    "Must be true: this call may destroy or change something for good. Make sure that it is "
    "wanted before you set it."
)


def acknowledging(adapter: ir.McpAdapter) -> ir.McpAdapter:
    """The adapter, whose destructive tools have to be confirmed."""
    return replace(adapter, tools=tuple(map(_tool, adapter.tools)))


def _tool(tool: ir.Tool) -> ir.Tool:
    if tool.read_only or not tool.destructive:
        return tool
    properties = tool.input_schema["properties"]
    required = tool.input_schema.get("required", [])
    assert isinstance(properties, dict) and isinstance(required, list)
    name, count = ACKNOWLEDGED, 1
    # An input of the capability keeps its name.
    while name in properties:
        count += 1
        name = f"{ACKNOWLEDGED}_{count}"
    asked: ir.JsonObject = {"type": "boolean", "const": True, "description": _MEANING}
    schema = {
        **tool.input_schema,
        "properties": {**properties, name: asked},
        "required": [*required, name],
    }
    return replace(tool, input_schema=schema, acknowledgement=name)
