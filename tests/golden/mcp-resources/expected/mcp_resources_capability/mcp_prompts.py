"""The MCP prompts of Orders to read."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from .contract import read_contract
from .prompt_support import Given, Messages, Prompt, add_prompts, text


def explain_order(arguments: Given) -> Messages:
    """Prompt explain-order: Explain an order"""
    return [
        (
            "user",
            text(
                "Explain order ",
                arguments.get("order", "{{order}}"),
                " in a ",
                arguments.get("tone", "{{tone}}"),
                " tone.",
            ),
        ),
        ("assistant", "Which part of it?"),
        ("user", arguments.get("order", "{{order}}")),
    ]


def letter(arguments: Given) -> Messages:
    """Prompt letter: Write a letter"""
    return [
        (
            "user",
            text(
                "Write a letter to ",
                arguments.get("customer", "{{customer}}"),
                ".\n\nMention {{ blanks }} and order ",
                arguments.get("order", "{{order}}"),
                ".\n",
            ),
        ),
    ]


# The prompts and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Prompt], str]] = {
    "shop-mcp": ({"explain-order": explain_order, "letter": letter}, "prompts.json"),
}


def add_prompts_of(namespace: str, server: Server[Any]) -> None:
    """Let `server` serve the prompts of the adapter `namespace`, if it has any."""
    if namespace in ADAPTERS:
        prompts, contract = ADAPTERS[namespace]
        add_prompts(server, read_contract(contract), prompts)
