"""W125: a credential is described with other words."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, Origin, Source

from .places import JsonObject, Place, consumes_blocks, member, text_of
from .rule import Edit, Finding, Rule, replaced

_API_KEY = ("apikey", "api-key", "api_key", "header", "query")
_PLACES = ("header", "query", "body", "cookie")


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        for place in member(block, "authentication"):
            yield from _read(place)


def _read(place: Place) -> Iterator[Finding]:
    path, node = place
    kind = text_of(node, "type").lower()
    if kind in _API_KEY:
        renames = _api_key(node)
    elif kind == "bearer" and "value" in node and "token" not in node:
        renames = {"value": "token", "placement": ""}
    else:
        return
    found: JsonObject = {"type": "apikey" if kind in _API_KEY else kind}
    origins: dict[str, str] = {}
    for key, value in node.items():
        meant = renames.get(key, key)
        if key != "type" and meant:
            found[meant] = value
            origins[meant] = key
    if "placement" not in found and kind in ("header", "query"):
        found["placement"] = kind
    if found == node:
        return
    odd = [k for k in node if renames.get(k, k) != k] or ["type"]
    listed = ", ".join(f"`{key}`" for key in odd)
    moved = {(*path, new): Origin((*path, old)) for new, old in origins.items()}
    yield Finding(
        (*path, odd[0]),
        f"{listed} of this authentication: read as {_written(found)}",
        edits=(Edit(path, replaced(path, found).change, moved),),
    )


def _api_key(node: JsonObject) -> dict[str, str]:
    """What each key means; nothing for one that says nothing."""
    renames = {}
    header = isinstance(node.get("header"), str)
    if header and "{{" in text_of(node, "key") and "value" not in node:
        # The header is the name, so the key is the key itself.
        renames = {"header": "key", "key": "value"}
    elif header and "key" not in node:
        renames = {"header": "key"}
    elif isinstance(node.get("name"), str) and "key" not in node:
        renames = {"name": "key"}
    if node.get("in") in _PLACES and "placement" not in node:
        renames["in"] = "placement"
    if "value" not in node and "token" in node and "value" not in renames.values():
        renames["token"] = "value"
    return renames


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
