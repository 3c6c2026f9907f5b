"""Source text of values: variables, settings, and texts that are put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Code, Value, code, dotted, ident

#: Types whose values a query, a header or a path takes as they are.
_SCALARS = ("string", "integer", "number", "boolean")
#: The annotation of each type.
TYPES: dict[str, str] = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "array": "list[JsonValue]",
    "object": "JsonObject",
    "json": "JsonValue",
}
SETTINGS = code("settings")
OF_CONTEXT = code("context.settings")


def part(value: str | ir.Variable | ir.Credential, settings: Code = SETTINGS) -> Value:
    """One part of a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, ir.Variable):
        return ident(value.ident)
    setting = dotted(*settings.split("."), value.ident)
    if not value.required:
        return Call(code("revealed"), (setting,))
    return Call(dotted(*settings.split("."), value.ident, "reveal"))


def text(value: ir.Text, settings: Code = SETTINGS) -> Value:
    """The text, as an expression that is None when a part of it is missing."""
    if not value.parts:
        return ""
    if len(value.parts) == 1 and not _structured(value.parts[0]):
        return part(value.parts[0], settings)
    helper = code("concat_given") if value.optional else code("concat")
    return Call(helper, tuple(part(p, settings) for p in value.parts))


def _structured(value: str | ir.Variable | ir.Credential) -> bool:
    return isinstance(value, ir.Variable) and value.type not in _SCALARS


def needs_revealed(value: ir.Text) -> bool:
    """Whether a part is a setting that may be missing."""
    return any(isinstance(p, ir.Credential) and not p.required for p in value.parts)


def helpers(texts: Iterable[ir.Text]) -> Iterator[str]:
    """The helpers of ``wire`` that the expressions of ``texts`` use."""
    for value in texts:
        if needs_revealed(value):
            yield "revealed"
        if len(value.parts) > 1 or any(map(_structured, value.parts)):
            yield "concat_given" if value.optional else "concat"
