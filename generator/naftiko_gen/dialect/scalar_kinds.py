"""W161: a number stands for a text, or a text for a number or for true and false."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import JsonValue, Source

from .rule import Finding, Rule
from .structure import At, Reading

_INTEGER = re.compile(r"-?[0-9]{1,15}")
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False}
_TRUTH["off"] = False


class _Scalars(Reading):
    def value(self, value: JsonValue, at: At) -> JsonValue:
        types = at.kind.types()
        found: JsonValue = value
        if isinstance(value, str) and "string" not in types:
            if "boolean" in types:
                found = _TRUTH.get(value.strip().lower(), value)
            elif "integer" in types or "number" in types:
                found = int(value) if _INTEGER.fullmatch(value) else value
        elif type(value) in (int, float) and types == ("string",):
            # As it is written: 1.10 is not 1.1.
            found = self.source.text_at(self.source.origin(at.before)) or value
        if found is value:
            return value
        noun = "the text" if isinstance(found, str) else "without its quotes,"
        shown = str(found).lower() if isinstance(found, bool) else found
        message = f"`{at.before[-1]}` is read as {noun} `{shown}`"
        if at.owner is not None and at.owner.name.startswith("Auth"):
            # It may be the secret itself.
            message = f"`{at.before[-1]}` is read as a text"
        self.say(at.before, message, at_key=False)
        return found


def _find(source: Source) -> Iterator[Finding]:
    return _Scalars(source).found()


RULE = Rule(
    "W161",
    _find,
    """\
info: {label: 2026}
capability:
  exposes: [{type: mcp, port: '9090'}]
""",
    """\
info: {label: '2026'}
capability:
  exposes: [{type: mcp, port: 9090}]
""",
)
