"""Who may call: OAuth 2 of exposed adapters, and MCP over stdio.

The official rules on OAuth 2 look for a block of this type below the authentication block, and so
never find one. They are applied here to the block itself, as they were meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue

from .places import Place, adapters, text
from .rule import Offence, Rule, quoted


def _blocks(data: JsonValue) -> Iterator[Place]:
    for path, node in adapters(data):
        block = node.get("authentication")
        if isinstance(block, dict) and block.get("type") == "oauth2":
            yield (*path, "authentication"), block


def _stdio(data: JsonValue) -> Iterator[Offence]:
    for path, node in adapters(data, "mcp"):
        if node.get("transport") == "stdio" and node.get("authentication"):
            yield Offence(
                (*path, "authentication"),
                "an MCP adapter over stdio has `authentication`",
                "stdio has no headers to authenticate with: remove it",
                at_key=True,
            )


def _insecure(data: JsonValue, key: str) -> Iterator[Offence]:
    for place in _blocks(data):
        uri = text(place, key)
        if uri and not uri.startswith("https://"):
            yield Offence(
                (*place[0], key), f"`{key}` is {quoted(uri)}, which is not `https://`"
            )


def _server(data: JsonValue) -> Iterator[Offence]:
    return _insecure(data, "authorizationServerUri")


def _resource(data: JsonValue) -> Iterator[Offence]:
    return _insecure(data, "resource")


def _scopes(data: JsonValue) -> Iterator[Offence]:
    for path, node in _blocks(data):
        if node.get("scopes") is None:
            yield Offence(
                path,
                "OAuth 2 without `scopes`",
                "without them any token of the authorization server is enough",
                at_key=True,
            )


RULES = (
    Rule("mcp-auth-stdio-conflict", "W309", _stdio),
    Rule("oauth2-https-authserver", "W310", _server, Severity.ERROR),
    Rule("oauth2-resource-https", "W311", _resource),
    Rule("oauth2-scopes-defined", "W312", _scopes),
)
