"""W125: a credential is described with other words."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.names import constant, plain
from naftiko_gen.source import JsonValue, Origin, Source

from .places import JsonObject, Place, adapters, consumes_blocks, member, text_of
from .rule import Edit, Finding, Rule, replaced

_API_KEY = frozenset({"apikey", "header", "headers", "query", "cookie", "custom"})
_BEARER = frozenset(
    ("bearer", "token", "jwt", "pat", "accesstoken", "bearertoken", "bearerauth")
)
_OAUTH = frozenset({"oauth", "oauth2", "oauth20", "oidc", "openidconnect"})
_PLACES = ("header", "query", "body", "cookie")
#: By their letters: the keys that hold a bearer's token, the name of a key, its value and its place.
_TOKENS = frozenset(
    ("value", "key", "accesstoken", "bearertoken", "apikey", "apitoken", "jwt")
)
_NAMES = (
    "name",
    "headername",
    "header",
    "keyname",
    "paramname",
    "parametername",
    "parameter",
    "param",
    "queryparam",
    "query",
    "cookie",
    "field",
)
_VALUES = ("token", "apikey", "apitoken", "secret", "credential")
_WHERE = ("in", "location", "position")
#: All that OAuth 2 says when it does not say who gives the tokens.
_UNSAID = frozenset({"type", "scopes", "scope", "flow", "granttype", "description"})


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        for place in member(block, "authentication"):
            yield from _read(place, text_of(block[1], "namespace"))
    for adapter in adapters(source.data):
        for place in member(adapter, "authentication"):
            yield from _read(place, "")


def _read(place: Place, namespace: str) -> Iterator[Finding]:
    path, node = place
    kind = _kind(node)
    if kind == "apikey":
        renames = _api_key(node)
    elif kind == "bearer":
        renames = _bearer(node)
    elif kind == "basic":
        renames = {"user": "username", "pass": "password", "scheme": ""}
    elif kind in _OAUTH and {plain(key) for key in node} <= _UNSAID and namespace:
        token = f"{{{{{constant(namespace)}_TOKEN}}}}"
        found: JsonObject = {"type": "bearer", "token": token}
        yield Finding(
            (*path, "type"),
            f"`{node['type']}` without a server that gives tokens: a bearer's {token}",
            "set the variable, or write `authorizationServerUri`",
            edits=(replaced(path, found),),
        )
        return
    else:
        return
    found = {"type": kind}
    origins: dict[str, str] = {}
    for key, value in node.items():
        meant = renames.get(key, key)
        if key != "type" and meant:
            found[meant] = value
            origins[meant] = key
    if kind == "apikey":
        _placed(found, node)
    if found == node:
        return
    odd = [k for k in node if renames.get(k, k) != k] or [*node][:1]
    odd = odd if "type" not in node or odd[0] != [*node][0] else odd
    listed = ", ".join(f"`{key}`" for key in odd)
    moved = {(*path, new): Origin((*path, old)) for new, old in origins.items()}
    yield Finding(
        (*path, odd[0]),
        f"{listed} of this authentication: read as {_written(found)}",
        edits=(Edit(path, replaced(path, found).change, moved),),
    )


def _kind(node: JsonObject) -> str:
    """Which scheme is meant, as far as that is one of these."""
    letters = {plain(key) for key in node}
    kind = plain(text_of(node, "type"))
    if kind == "http" and "scheme" in node:
        kind = plain(text_of(node, "scheme"))
    if "type" not in node:
        named = letters & {"key", *_NAMES}
        if letters <= {"token", "accesstoken"}:
            kind = "bearer"
        elif named and "value" in letters or "headers" in letters:
            kind = "apikey"
        elif letters & {"username", "user"}:
            kind = "basic"
    if kind in ("headers", "custom") and "headers" not in node:
        return ""
    if kind in _API_KEY:
        return "apikey"
    if kind in _BEARER or kind in _OAUTH and letters == {"type", "token"}:
        return "bearer"
    return kind


def _bearer(node: JsonObject) -> dict[str, str]:
    renames = {}
    others = [key for key in node if plain(key) in _TOKENS]
    if "token" not in node and len(others) == 1:
        renames[others[0]] = "token"
    for key in ("in", "placement"):
        if node.get(key) == "header":
            renames[key] = ""
    if node.get("header") == "Authorization":
        renames["header"] = ""
    for key in ("scheme", "prefix"):
        if plain(text_of(node, key)) == "bearer":
            renames[key] = ""
    if renames.get("value") == "token":
        renames["placement"] = ""
    return renames


def _api_key(node: JsonObject) -> dict[str, str]:
    """What each key means; nothing for one that says nothing."""
    renames: dict[str, str] = {}
    names = [key for key in node if plain(key) in _NAMES and isinstance(node[key], str)]
    names.sort(key=lambda key: _NAMES.index(plain(key)))
    if names and "{{" in text_of(node, "key") and "value" not in node:
        # The other one is the name, so the key is the key itself.
        renames = {names[0]: "key", "key": "value"}
    elif names and "key" not in node:
        renames = {names[0]: "key"}
    for key in node:
        if plain(key) in _WHERE and node[key] in _PLACES and "placement" not in node:
            renames[key] = "placement"
            break
    if "value" not in node and "value" not in renames.values():
        values = [k for k in node if plain(k) in _VALUES and k not in renames]
        if len(values) == 1:
            renames[values[0]] = "value"
    return renames


def _placed(found: JsonObject, node: JsonObject) -> None:
    """Say where the key goes when its kind or its name does, and what stands before it."""
    kind = plain(text_of(node, "type"))
    if "placement" not in found and "headers" not in found:
        words = (kind, *(plain(key) for key in node if plain(key) != "header"))
        for place in ("header", "query", "cookie"):
            if place in words:
                found["placement"] = place
    headers = found.get("headers")
    if isinstance(headers, list):
        pairs = [item for item in headers if isinstance(item, dict)]
        if all(isinstance(item.get("name"), str) and "value" in item for item in pairs):
            found["headers"] = {str(item["name"]): item["value"] for item in pairs}
    prefix, value = found.get("prefix"), found.get("value")
    if isinstance(prefix, str) and isinstance(value, str):
        found["value"] = f"{prefix.strip()} {value}"
        del found["prefix"]


def _written(found: dict[str, JsonValue]) -> str:
    return ", ".join(f"`{key}`" for key in found if key != "type")


RULE = Rule(
    "W125",
    _find,
    """\
consumes:
  - authentication: {type: apikey, in: header, name: X-Key, value: '{{env.KEY}}'}
""",
    """\
consumes:
  - authentication:
      {type: apikey, placement: header, key: X-Key, value: '{{env.KEY}}'}
""",
)
