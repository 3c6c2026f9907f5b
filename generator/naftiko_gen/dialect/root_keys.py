"""W120: the catalogue's own keys stand at the root."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .rule import Edit, Finding, Rule, having, without

_MEANT = {"name": "label", "description": "description", "tags": "tags"}
_KEYS = ("id", "version", "personas", *_MEANT)


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    if not isinstance(data, dict) or "capability" not in data:
        return
    info = data.get("info")
    for key in data:
        if key not in _KEYS:
            continue
        edits: tuple[Edit, ...] = (without((), key),)
        meant = _MEANT.get(key)
        if meant and isinstance(info, dict) and meant not in info:
            edits = (having(("info",), meant, data[key]), *edits)
            said = f"read as `info.{meant}`"
        else:
            said = "it says nothing that a package needs, and is not read"
        yield Finding((key,), f"`{key}` at the root: {said}", edits=edits)


RULE = Rule(
    "W120",
    _find,
    """\
name: Orders
info: {description: Orders of a shop.}
capability: {}
""",
    """\
info: {description: Orders of a shop., label: Orders}
capability: {}
""",
)
