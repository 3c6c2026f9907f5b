"""Names of what an MCP adapter declares beside its tools."""

from __future__ import annotations

from naftiko_gen.names import Scope

from .node import Node, clash_error


def once(node: Node, what: str, lines: dict[str, int]) -> bool:
    """Whether the name of ``node`` is new among ``lines``; else that is reported."""
    name = node.text("name")
    if name in lines:
        node.error(
            "E291",
            f"the {what} `{name}` is already declared at line {lines[name]}",
            at="name",
        )
        return False
    lines[name] = node.span("name").start.line
    return True


def claim(node: Node, functions: Scope, namespace: str) -> str | None:
    """The identifier for the name of ``node``; None after a clash was reported."""
    name = node.text("name")
    ident, clash = functions.claim(name)
    if clash == name:
        # One of another adapter: names are unique in one adapter only.
        ident, clash = functions.claim(f"{namespace} {name}")
    if clash is not None:
        clash_error(node, "name", name, clash)
        return None
    return ident
