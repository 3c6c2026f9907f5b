"""Configurations of MCP clients that start the package over standard input and output.

Each client has a place of its own for secrets; none of these files holds one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from naftiko_gen import ir

from .settings_table import Setting, table

if TYPE_CHECKING:
    from naftiko_gen.contexts.project import Codex

_ARGUMENTS = ("stdio",)


def documents(capability: ir.Capability) -> dict[str, ir.JsonObject]:
    """The documents by file name."""
    needed = [s for s in table(capability) if s.required]

    def servers(value: Callable[[str], str], **more: ir.JsonValue) -> ir.JsonObject:
        server: ir.JsonObject = {**more, **_command(capability)}
        if needed:
            server["env"] = {s.variable: value(s.variable) for s in needed}
        return {capability.name: server}

    return {
        # It expands nothing: values are filled in.
        "claude-desktop.json": {"mcpServers": servers(lambda name: "")},
        # .mcp.json in a project; variables of the shell are expanded.
        "claude-code.json": {
            "mcpServers": servers(lambda name: f"${{{name}}}", type="stdio")
        },
        # .cursor/mcp.json
        "cursor.json": {"mcpServers": servers(lambda name: f"${{env:{name}}}")},
        # .vscode/mcp.json asks, and keeps the answer.
        "vscode.json": {
            **({"inputs": [_asked(s) for s in needed]} if needed else {}),
            "servers": servers(lambda name: f"${{input:{name}}}", type="stdio"),
        },
    }


def codex(capability: ir.Capability) -> Codex:
    """The context of the template of Codex's configuration, which is TOML."""
    return {
        "name": capability.name,
        "command": capability.distribution,
        "args": list(_ARGUMENTS),
        "variables": [s.variable for s in table(capability) if s.required],
    }


def _command(capability: ir.Capability) -> dict[str, ir.JsonValue]:
    return {"command": capability.distribution, "args": [*_ARGUMENTS]}


def _asked(setting: Setting) -> ir.JsonObject:
    return {
        "type": "promptString",
        "id": setting.variable,
        "description": f"{setting.variable}: {setting.meaning}",
        "password": setting.secret,
    }
