"""W150: a setting is used that no bind declares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Source

from .call_spelling import misspelt
from .places import JsonObject, capability, consumes_blocks, entries, member, text_of
from .rule import Edit, Finding, Rule

#: Only what is written as a variable of the environment is one.
_TEMPLATE = re.compile(r"\{\{\s*(?:env\.)?([A-Z][A-Z0-9_]*)\s*\}\}")
_NAMESPACE = "env"


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    if not isinstance(data, dict) or "capability" not in data:
        return
    binds = [*entries(((), data), "binds")]
    for block in capability(data):
        binds += entries(block, "binds")
    if any("import" in bind or "location" in bind for _, bind in binds):
        return
    known = {
        key for place in binds for _, keys in member(place, "keys") for key in keys
    }
    missing: dict[str, NodePath] = {}
    for block in consumes_blocks(data):
        for path, text in _texts(block[0], block[1]):
            for name in _TEMPLATE.findall(text):
                # One that is nearly another is a misspelling, which is refused.
                if name not in known and not _slip(name, known):
                    missing.setdefault(name, path)
    first = True
    for name, path in missing.items():
        edits = (Edit((), _Bound(tuple(missing))),) if first else ()
        first = False
        yield Finding(
            path,
            f"no bind declares `{name}`: it is the variable `{name}` of the environment",
            "declare it under `binds`",
            at_key=False,
            edits=edits,
        )


def _slip(name: str, known: set[str]) -> bool:
    """Whether ``name`` is nearly a known one, and not one with another word in it."""
    words = name.split("_")
    return misspelt(name, [other for other in known if not _differ(words, other)])


def _differ(words: list[str], other: str) -> bool:
    """Whether two names of as many words have one that is another word altogether."""
    others = other.split("_")
    return len(words) == len(others) and any(
        one != two and not misspelt(one, [two])
        for one, two in zip(words, others, strict=True)
    )


def _texts(path: NodePath, node: JsonObject) -> Iterator[tuple[NodePath, str]]:
    """The texts that are settled when the program starts: the address and the credentials."""
    # A parameter that the environment holds is no bind.
    held = {
        text_of(item, "name")
        for _, item in entries((path, node), "inputParameters")
        if item.get("in") == "environment"
    }
    texts = _written(path, node)
    yield from ((p, t) for p, t in texts if not held & set(_TEMPLATE.findall(t)))


def _written(path: NodePath, node: JsonObject) -> Iterator[tuple[NodePath, str]]:
    yield (*path, "baseUri"), text_of(node, "baseUri")
    for where, found in member((path, node), "authentication"):
        for key, value in found.items():
            if isinstance(value, str):
                yield (*where, key), value
    for where, item in entries((path, node), "inputParameters"):
        yield (*where, "value"), text_of(item, "value")


class _Bound:
    """The document with variables of the environment bound under their own names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._keys: JsonObject = {name: name for name in names}

    def __call__(self, data: JsonValue) -> JsonValue:
        if not isinstance(data, dict):
            return data
        binds = data.get("binds")
        found: list[JsonValue] = []
        left: JsonObject = self._keys
        for bind in binds if isinstance(binds, list) else []:
            if isinstance(bind, dict) and bind.get("namespace") == _NAMESPACE and left:
                keys = bind.get("keys")
                before = keys if isinstance(keys, dict) else {}
                bind = {**bind, "keys": {**before, **left}}
                left = {}
            found.append(bind)
        if left:
            found.append({"namespace": _NAMESPACE, "keys": left})
        return {**data, "binds": found}


RULE = Rule(
    "W150",
    _find,
    """\
capability:
  consumes:
    - {baseUri: 'https://a.example', authentication: {token: '{{env.TOKEN}}'}}
""",
    """\
capability:
  consumes:
    - {baseUri: 'https://a.example', authentication: {token: '{{env.TOKEN}}'}}
binds: [{namespace: env, keys: {TOKEN: TOKEN}}]
""",
)
