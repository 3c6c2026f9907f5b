"""W160: a word of the format is spelled in another way."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import JsonValue, Source

from .rule import Finding, Rule
from .structure import At, Reading
from .wordings import meant

#: What has a rule of its own is left to it.
_BODY = "RequestBody"


class _Words(Reading):
    def value(self, value: JsonValue, at: At) -> JsonValue:
        schema = at.kind.schema
        words = schema.get("enum") or [schema.get("const")]
        if not isinstance(value, str) or value in words or at.owner is None:
            return value
        whole = at.owner.name == "ConsumedOutputParameter" and value == "integer"
        other = (
            at.owner.name == "AuthApiKey"
            or whole
            or "/" in value
            and _BODY in at.owner.name
        )
        if other and at.before[-1] == "type" or not at.owner.name:
            return value
        known = meant(value, [word for word in words if isinstance(word, str)])
        if known is None:
            return value
        self.say(at.before, f"`{value}`: read as `{known}`", at_key=False)
        return known


def _find(source: Source) -> Iterator[Finding]:
    return _Words(source).found()


RULE = Rule(
    "W160",
    _find,
    """\
consumes:
  - resources: [{operations: [{name: list, method: get}]}]
""",
    """\
consumes:
  - resources: [{operations: [{name: list, method: GET}]}]
""",
)
