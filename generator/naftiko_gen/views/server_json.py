"""``server.json``: what the MCP Registry is told of a package (schema of 2025-12-11)."""

from __future__ import annotations

from textwrap import shorten

from naftiko_gen import ir

from .settings_table import Setting, table

_SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"
#: What the schema allows a title and a description.
_LONGEST = 100
#: Owns no name; the registry takes none that its publisher has not proved to own.
_NOBODY = "com.example"


def name(capability: ir.Capability, given: str) -> str:
    """The server's name: reverse DNS, a slash, the server."""
    return given or f"{_NOBODY}/{capability.distribution}"[:200]


def document(capability: ir.Capability, given: str) -> ir.JsonObject:
    """The document; the package is started over standard input and output."""
    variables = [_variable(s) for s in table(capability) if s.required or s.secret]
    package: ir.JsonObject = {
        "registryType": "pypi",
        "identifier": capability.distribution,
        "version": capability.release,
        "runtimeHint": "uvx",
        "transport": {"type": "stdio"},
        "packageArguments": [{"type": "positional", "value": "stdio"}],
        **({"environmentVariables": variables} if variables else {}),
    }
    return {
        "$schema": _SCHEMA,
        "name": name(capability, given),
        "title": _short(capability.label) or capability.distribution[:_LONGEST],
        "description": _short(capability.description or capability.label)
        or capability.distribution[:_LONGEST],
        "version": capability.release,
        "packages": [package],
    }


def _short(text: str) -> str:
    words = "".join(c if c.isprintable() else " " for c in text)
    return shorten(words, _LONGEST, placeholder="…")


def _variable(setting: Setting) -> ir.JsonValue:
    return {
        "name": setting.variable,
        "description": setting.meaning,
        "isRequired": setting.required,
        "isSecret": setting.secret,
        **({"default": setting.default} if setting.default else {}),
    }
