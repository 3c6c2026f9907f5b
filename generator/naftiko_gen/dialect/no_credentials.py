"""W170: an authentication says that there is none."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.names import plain
from naftiko_gen.source import Source

from .places import adapters, consumes_blocks
from .rule import Finding, Rule, without

_NONE = ("none", "public", "anonymous", "noauth", "open", "nothing")


def _find(source: Source) -> Iterator[Finding]:
    for path, node in (*consumes_blocks(source.data), *adapters(source.data)):
        for key in ("authentication", "auth"):
            value = node.get(key)
            word = value.get("type") if isinstance(value, dict) else value
            empty = value in ({}, [])
            if empty or isinstance(word, str) and plain(word) in _NONE:
                message = "an authentication that says there is none: it is left out"
                yield Finding((*path, key), message, edits=(without(path, key),))


RULE = Rule(
    "W170",
    _find,
    """\
consumes:
  - {namespace: shop, authentication: {type: none}}
""",
    """\
consumes:
  - {namespace: shop}
""",
)
