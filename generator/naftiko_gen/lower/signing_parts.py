"""The parts of a signature in a ``signing`` block: names, templates, digests, conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import get_args

from naftiko_gen import ir_scheme as s
from naftiko_gen.diagnostics import closest

from .node import Node

SOURCES: tuple[s.SourceName, ...] = get_args(s.SourceName)
_HASHES: tuple[s.Hashing, ...] = get_args(s.Hashing)
_ENCODINGS: tuple[s.Encoding, ...] = get_args(s.Encoding)
_MACS = tuple(f"hmac-{name}" for name in _HASHES)
_OPERATORS = (
    "text",
    "join",
    "params",
    "stripPrefix",
    "truncate",
    *_HASHES,
    *_MACS,
    *_ENCODINGS,
)
_MODIFIERS = ("when", "else", "key", "parts")
#: How the sources are declared that not every scheme has.
_DECLARED = {"time": "`time: {unit: ms}`", "nonce": "`nonce: {kind: uuid4}`"}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_EMPTY = s.Template(())


@dataclass(slots=True)
class Names:
    """What a part may refer to by its name; ``private``: the secret is a private key.

    ``absent`` tells of the moment's own sources which the scheme does not declare.
    """

    roles: tuple[str, ...]
    constants: dict[str, str]
    private: bool = False
    variables: list[str] = field(default_factory=list)
    absent: dict[str, bool] = field(default_factory=dict)

    def sources(self) -> list[s.SourceName]:
        """What of the request, of the moment and of the key there is."""
        absent = {name for name, missing in self.absent.items() if missing}
        if not self.private:
            absent.add("keyFingerprint")
        return [name for name in SOURCES if name not in absent]

    def all(self) -> list[str]:
        """Every name, for messages."""
        return [*self.sources(), *self.roles, *self.constants, *self.variables]


def malformed(node: Node, message: str, hint: str | None = None) -> None:
    """Report a part that is written in a way that has no meaning, unless the schema has."""
    if not node.flawed():
        node.report.add("E321", message, node.span(), hint)


def read_name(node: Node, name: str, names: Names) -> s.Part:
    """The part that ``name`` stands for."""
    if name in names.variables:
        return s.Name(name)
    if name in names.constants:
        return s.Template((names.constants[name],))
    if name in names.roles:
        return s.Role(name)
    for source in names.sources():
        if source == name:
            return s.Source(source)
    if name.startswith("header.") and len(name) > len("header."):
        return s.Header(name.removeprefix("header.").lower())
    near = closest(name, names.all())
    hint = f"did you mean `{near}`?" if near else f"known: {', '.join(names.all())}"
    if names.absent.get(name):
        hint = f"write what it is: {_DECLARED[name]}"
    node.report.add("E322", f"a signature has no part `{name}`", node.span(), hint)
    return _EMPTY


def read_template(node: Node, names: Names) -> s.Part:
    """A text with ``{name}`` for parts."""
    if not isinstance(node.value, str):
        malformed(node, "a text is expected here")
        return _EMPTY
    parts: list[str | s.Part] = []
    end = 0
    for found in _PLACEHOLDER.finditer(node.value):
        if found.start() > end:
            parts.append(node.value[end : found.start()])
        parts.append(read_name(node, found.group(1), names))
        end = found.end()
    if end < len(node.value):
        parts.append(node.value[end:])
    if len(parts) == 1 and not isinstance(parts[0], str):
        return parts[0]
    return s.Template(tuple(parts))


def read_part(node: Node, names: Names) -> s.Part:
    """Any part: a name, a list of parts in a row, or an operator with its operand."""
    if isinstance(node.value, str):
        return read_name(node, node.value, names)
    if isinstance(node.value, list):
        return s.Joined("", read_parts(node, names))
    if not isinstance(node.value, dict):
        malformed(node, "a part is a name, a list of parts, or an operator")
        return _EMPTY
    operators = [key for key in node.value if key in _OPERATORS]
    unknown = [key for key in node.value if key not in (*_OPERATORS, *_MODIFIERS)]
    for key in () if node.flawed() else unknown:
        near = closest(key, _OPERATORS)
        node.report.add(
            "E321",
            f"`{key}` is nothing that can be done with a part",
            node.key_span(key),
            f"did you mean `{near}`?" if near else f"known: {', '.join(_OPERATORS)}",
        )
    if len(operators) != 1:
        if not unknown:
            malformed(node, "a part has exactly one operator", ", ".join(_OPERATORS))
        return _EMPTY
    part = _operate(node, operators[0], names)
    if not node.has("when"):
        return part
    otherwise = read_part(node.child("else"), names) if node.has("else") else None
    return s.Chosen(read_when(node.child("when")), part, otherwise)


def read_parts(node: Node, names: Names) -> tuple[s.Part, ...]:
    """The parts of a list."""
    if not isinstance(node.value, list):
        malformed(node, "a list of parts is expected here")
        return ()
    return tuple(read_part(node.child(i), names) for i in range(len(node.value)))


def read_when(node: Node) -> s.When:
    """A condition: ``method``, ``body`` and ``query``."""
    method = node.child("method").value
    methods = [method] if isinstance(method, str) else method
    valid = isinstance(methods, list | None) and all(
        isinstance(name, str) for name in methods or ()
    )
    keys = set(node.value) if isinstance(node.value, dict) else set()
    if not valid or not keys or not keys <= {"method", "body", "query"}:
        malformed(
            node, "a condition has `method` (names), `body` and `query` (true or false)"
        )
        return s.When(body=True)
    names = tuple(str(name).upper() for name in methods or ())
    return s.When(names, node.flag("body"), node.flag("query"))


def _operate(node: Node, operator: str, names: Names) -> s.Part:
    operand = node.child(operator)
    if operator == "text":
        return read_template(operand, names)
    if operator == "join":
        if not isinstance(operand.value, str):
            malformed(operand, "`join` is the text between the parts")
        return s.Joined(str(operand.value), read_parts(node.child("parts"), names))
    if operator == "params":
        return _params(operand)
    if operator in ("stripPrefix", "truncate"):
        of = read_part(operand.child("of"), names)
        if operator == "stripPrefix":
            return s.Stripped(operand.text("prefix"), of)
        size = operand.child("bytes").value
        if not isinstance(size, int) or size < 1:
            malformed(operand, "`truncate` needs `bytes`, a number above 0")
        return s.Truncated(size if isinstance(size, int) else 1, of)
    of = read_part(operand, names)
    for hashing in _HASHES:
        if operator == hashing:
            return s.Hash(hashing, of)
        if operator == f"hmac-{hashing}":
            key = read_part(node.child("key"), names) if node.has("key") else None
            return s.Mac(hashing, of, key)
    return s.Encoded(next(e for e in _ENCODINGS if e == operator), of)


def _params(node: Node) -> s.Params:
    known = {"from", "sort", "decode", "encode", "only", "pair", "sep", "omit"}
    value = node.value if isinstance(node.value, dict) else {"": None}
    only, omit = node.text("only"), node.child("omit").value
    source = node.text("from", "query")
    if (
        not set(value) <= known
        or only not in ("", "values", "names")
        or source not in ("query", "body")
        or (node.has("encode") and node.text("encode") != "rfc3986")
        or not (omit is None or isinstance(omit, list))
    ):
        malformed(
            node,
            "`params` takes from (query, body), sort, decode, encode (rfc3986), "
            "only (values, names), pair, sep and omit",
        )
        return s.Params()
    pair = {"values": "{v}", "names": "{k}"}.get(only, "{k}={v}")
    default = "" if only == "values" else "&"
    return s.Params(
        source="body" if source == "body" else "query",
        sort=bool(node.flag("sort")),
        decode=bool(node.flag("decode")),
        encode=node.has("encode"),
        pair=node.text("pair", pair),
        separator=node.text("sep", default),
        omit=tuple(str(name) for name in omit or ()),
    )
