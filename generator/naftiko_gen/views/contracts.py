"""The contracts of the adapters, as data, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from naftiko_gen import ir
from naftiko_gen.contracts import openapi
from naftiko_gen.ir_mcp import Folder, Prompt
from naftiko_gen.json_file import json_bytes


def contract_name(capability: ir.Capability, adapter: ir.Adapter) -> str:
    """``openapi.json`` or ``tools.json``; with the adapter's name when there are several."""
    rest = isinstance(adapter, ir.RestAdapter)
    kind, alike = ("openapi", capability.rest) if rest else ("tools", capability.mcp)
    return _file_name(kind, alike, adapter)


def resources_name(capability: ir.Capability, adapter: ir.McpAdapter) -> str:
    """``resources.json``; with the adapter's name when there are several adapters."""
    return _file_name("resources", capability.mcp, adapter)


def prompts_name(capability: ir.Capability, adapter: ir.McpAdapter) -> str:
    """``prompts.json``; with the adapter's name when there are several adapters."""
    return _file_name("prompts", capability.mcp, adapter)


def folders_of(adapter: ir.McpAdapter) -> list[Folder]:
    """The folders that the adapter publishes."""
    return [item for item in adapter.exposed if isinstance(item, Folder)]


def _file_name(kind: str, alike: Sequence[ir.Adapter], adapter: ir.Adapter) -> str:
    return f"{kind}.json" if len(alike) == 1 else f"{kind}.{adapter.ident}.json"


def contracts(capability: ir.Capability) -> dict[str, bytes]:
    """The contracts of every adapter by file name."""
    return {name: json_bytes(document()) for name, document in _makers(capability)}


def contract_names(capability: ir.Capability) -> list[str]:
    """The file names of the contracts."""
    return [name for name, _ in _makers(capability)]


def _makers(
    capability: ir.Capability,
) -> Iterator[tuple[str, Callable[[], ir.JsonObject]]]:
    for rest in capability.rest:
        yield contract_name(capability, rest), partial(openapi, capability, rest)
    for mcp in capability.mcp:
        yield contract_name(capability, mcp), partial(tools, mcp)
        if mcp.exposed:
            yield resources_name(capability, mcp), partial(resources, mcp)
        if mcp.prompts:
            yield prompts_name(capability, mcp), partial(prompts, mcp)


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


def resources(adapter: ir.McpAdapter) -> ir.JsonObject:
    """What the adapter answers to ``resources/list`` and ``resources/templates/list``."""
    fixed: list[ir.JsonValue] = []
    templates: list[ir.JsonValue] = []
    for item in adapter.exposed:
        said: ir.JsonObject = {
            "name": item.name,
            "title": item.title,
            "description": item.description,
        }
        if isinstance(item, Folder):
            fixed += [
                {
                    "uri": file.uri,
                    **said,
                    "mimeType": file.mime_type,
                    "size": len(file.content),
                }
                for file in item.files
            ]
            continue
        kind: ir.JsonObject = {"mimeType": item.mime_type} if item.mime_type else {}
        if item.variables:
            templates.append({"uriTemplate": item.uri, **said, **kind})
        else:
            fixed.append({"uri": item.uri, **said, **kind})
    return {"resources": fixed, "resourceTemplates": templates}


def prompts(adapter: ir.McpAdapter) -> ir.JsonObject:
    """What the adapter answers to ``prompts/list``."""
    return {"prompts": [_prompt(prompt) for prompt in adapter.prompts]}


def _prompt(prompt: Prompt) -> ir.JsonObject:
    arguments: list[ir.JsonValue] = [
        {
            "name": argument.name,
            **({"title": argument.title} if argument.title else {}),
            "description": argument.description,
            "required": argument.required,
        }
        for argument in prompt.arguments
    ]
    return {
        "name": prompt.name,
        "title": prompt.title,
        "description": prompt.description,
        **({"arguments": arguments} if arguments else {}),
    }
