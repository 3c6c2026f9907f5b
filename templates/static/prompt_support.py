"""The part of MCP prompts that is the same for every capability."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

Handled: TypeAlias = ServerRequestContext[Any, Any]
Given: TypeAlias = Mapping[str, str]
Messages: TypeAlias = list[tuple[Literal["user", "assistant"], str]]
Prompt: TypeAlias = Callable[[Given], Messages]


def text(*parts: str) -> str:
    """The parts of a message, one behind the other."""
    return "".join(parts)


def add_prompts(
    server: Server[Any],
    contract: bytes,
    prompts: Mapping[str, Prompt],
) -> None:
    """Let `server` list the prompts of `contract`, in its order, and make them."""
    listed = types.ListPromptsResult.model_validate_json(contract)
    required = {
        prompt.name: [a.name for a in prompt.arguments or () if a.required]
        for prompt in listed.prompts
    }

    async def list_prompts(
        request: Handled, params: types.PaginatedRequestParams
    ) -> types.ListPromptsResult:
        if params.cursor is not None:
            raise MCPError(types.INVALID_PARAMS, "Unknown cursor: there is one page")
        return listed

    async def get_prompt(
        request: Handled, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        prompt = prompts.get(params.name)
        if prompt is None:
            name = params.name[:200]
            raise MCPError(types.INVALID_PARAMS, f"Unknown prompt: {name}")
        given = params.arguments or {}
        missing = [name for name in required[params.name] if name not in given]
        if missing:
            told = f"Missing required arguments: {', '.join(missing)}"
            raise MCPError(types.INVALID_PARAMS, told)
        return types.GetPromptResult(
            messages=[
                types.PromptMessage(role=role, content=types.TextContent(text=content))
                for role, content in prompt(given)
            ]
        )

    server.add_request_handler(
        "prompts/list", types.PaginatedRequestParams, list_prompts
    )
    server.add_request_handler("prompts/get", types.GetPromptRequestParams, get_prompt)
