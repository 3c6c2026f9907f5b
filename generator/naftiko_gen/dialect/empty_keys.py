"""W162: a key has no value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from naftiko_gen.source import JsonValue, Source

from .rule import Finding, Rule
from .structure import At, Reading


class _Empty(Reading):
    leaves = False

    def keys(self, node: dict[str, JsonValue], at: At) -> Mapping[str, str | None]:
        empty: dict[str, str | None] = {}
        for key, value in node.items():
            # What is needed, and what says which kind it is, is missing.
            if value is not None or key in {"name"} | at.kind.needed | at.kind.telling:
                continue
            schema = at.kind.keys.get(key)
            if schema is not None and "null" not in schema.get("type", ()):
                empty[key] = None
                message = (
                    f"`{key}` of this {at.kind.title} has no value: it is left out"
                )
                self.say((*at.before, key), message)
        return empty


def _find(source: Source) -> Iterator[Finding]:
    return _Empty(source).found()


RULE = Rule(
    "W162",
    _find,
    """\
consumes:
  - {namespace: shop, description: , baseUri: https://shop.example}
""",
    """\
consumes:
  - {namespace: shop, baseUri: https://shop.example}
""",
)
