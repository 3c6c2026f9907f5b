"""What the tools of an MCP adapter cost an agent, and what an agent would stumble over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from naftiko_gen import ir
from naftiko_gen.views.contracts import tools as listed

LONGEST_NAME = 64
#: Bytes of JSON that make about one token. Tokenizers of models differ from each other by some
#: twenty percent, and from this by as much.
BYTES_PER_TOKEN = 4


@dataclass(frozen=True, slots=True)
class ToolCost:
    """One tool: its estimated tokens, and its problems, each a sentence."""

    name: str
    tokens: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdapterCost:
    """One adapter: bytes and estimated tokens of its ``tools/list``, and its tools."""

    namespace: str
    size: int
    tokens: int
    tools: tuple[ToolCost, ...]

    @property
    def problems(self) -> int:
        """How many problems its tools have."""
        return sum(len(tool.problems) for tool in self.tools)


def costs(capability: ir.Capability) -> tuple[AdapterCost, ...]:
    """What each MCP adapter of ``capability`` costs."""
    return tuple(_cost(adapter) for adapter in capability.mcp)


def _cost(adapter: ir.McpAdapter) -> AdapterCost:
    document = listed(adapter)
    size = _size(document)
    parts = document["tools"]
    assert isinstance(parts, list)
    told: dict[str, str] = {}
    tools = [
        ToolCost(tool.name, _tokens(_size(part)), tuple(_problems(tool, told)))
        for tool, part in zip(adapter.tools, parts, strict=True)
    ]
    return AdapterCost(adapter.namespace, size, _tokens(size), tuple(tools))


def _problems(tool: ir.Tool, told: dict[str, str]) -> Iterator[str]:
    if len(tool.name) > LONGEST_NAME:
        yield f"the name has {len(tool.name)} characters; clients refuse more than {LONGEST_NAME}"
    said = " ".join(tool.description.casefold().split())
    if not said:
        yield "it has no description"
    elif said in told:
        yield f"it has the description of `{told[said]}`"
    told.setdefault(said, tool.name)
    properties = tool.input_schema.get("properties")
    if not isinstance(properties, dict):
        return
    silent = [
        name
        for name, schema in properties.items()
        if isinstance(schema, dict)
        and not schema.get("description")
        and not schema.get("properties")
    ]
    if silent:
        yield f"no description of {', '.join(f'`{name}`' for name in silent)}"
    if _takes_anything(tool):
        yield f"`{tool.body_argument}` may hold anything: an agent has to guess what to send"


def _takes_anything(tool: ir.Tool) -> bool:
    body = tool.runs.body
    return (
        tool.body_argument is not None
        and body is not None
        and not body.schema.get("properties")
    )


def _size(document: ir.JsonValue) -> int:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-8", "surrogatepass"))


def _tokens(size: int) -> int:
    return -(-size // BYTES_PER_TOKEN)
