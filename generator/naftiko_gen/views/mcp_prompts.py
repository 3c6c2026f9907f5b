"""``mcp_prompts.py``: one function for each prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.ir_mcp import Message, Prompt, Slot
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    assign,
    code,
    docstring,
    from_import,
    ident,
    joined,
    signature,
    statement,
)

from .contracts import prompts_name

if TYPE_CHECKING:
    from naftiko_gen.contexts.serving import McpPrompts
    from naftiko_gen.contexts.serving import Prompt as PromptContext

_SIGNATURE = (code("arguments: Given"),)


def view(capability: ir.Capability) -> McpPrompts:
    """The context of the template."""
    adapters = [adapter for adapter in capability.mcp if adapter.prompts]
    prompts = [prompt for adapter in adapters for prompt in adapter.prompts]
    return {
        "doc": docstring(f"The MCP prompts of {capability.label}.", 0),
        "support": _support(prompts),
        "prompts": [_prompt(prompt) for prompt in prompts],
        "table": assign(
            "ADAPTERS",
            {
                adapter.namespace: (
                    {prompt.name: ident(prompt.ident) for prompt in adapter.prompts},
                    prompts_name(capability, adapter),
                )
                for adapter in adapters
            },
            annotation=annotation("dict[str, tuple[dict[str, Prompt], str]]"),
        ),
    }


def _support(prompts: list[Prompt]) -> Code:
    names = ["Given", "Messages", "Prompt", "add_prompts"]
    put_together = any(len(m.parts) > 1 for p in prompts for m in p.messages)
    names += ["text"] if put_together else []
    return from_import(code(".prompt_support"), names)


def _prompt(prompt: Prompt) -> PromptContext:
    messages: list[Value] = [(m.role, _content(m)) for m in prompt.messages]
    head = joined(code("def "), ident(prompt.ident))
    return {
        "signature": signature(head, _SIGNATURE, code("Messages")),
        "doc": docstring(f"Prompt {prompt.name}: {prompt.title}"),
        "messages": statement(code("return"), messages, 4),
    }


def _content(message: Message) -> Value:
    parts: list[Value] = [
        (
            Call(code("arguments.get"), (part.name, f"{{{{{part.name}}}}}"))
            if isinstance(part, Slot)
            else part
        )
        for part in message.parts
    ]
    if len(parts) == 1:
        return parts[0]
    return Call(code("text"), tuple(parts)) if parts else ""
