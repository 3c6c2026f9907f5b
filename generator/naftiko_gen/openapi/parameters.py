"""Parameters of operations, as far as the compiler can send them."""

from __future__ import annotations

import re
from dataclasses import replace

from naftiko_gen.lower.node import Node
from naftiko_gen.names import identifier, words

from .lists import described, separated
from .model import Body, Credential, Parameter
from .references import resolved

NAME = re.compile(r"[A-Za-z0-9_*-]+")
_SLOT = re.compile(r"\{([^{}]*)\}")
SCALARS = ("string", "integer", "number", "boolean")
#: What OpenAPI 3 says to ignore: other parts of an operation describe these.
_DESCRIBED = ("accept", "authorization", "content-type")
#: What frames a request (RFC 9112), so that only the HTTP client may write it.
_CLIENT = (
    "connection",
    "content-length",
    "expect",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
)
#: What says nothing of which values are allowed, or is read.
_SILENT = frozenset(
    [
        "name",
        "in",
        "description",
        "required",
        "deprecated",
        "allowEmptyValue",
        "type",
        "title",
        "example",
        "examples",
        "default",
        "nullable",
        "$ref",
        "$comment",
        "allOf",
        "anyOf",
        "oneOf",
        "schema",
        "items",
        "collectionFormat",
        "readOnly",
        "writeOnly",
        "xml",
        "externalDocs",
    ]
)


class Skip(Exception):
    """The operation cannot be imported; says why."""


def declared(item: Node, operation: Node) -> list[Node]:
    """The parameters of the path and of the operation, which has the last word; resolved."""
    found: dict[tuple[str, str], Node] = {}
    for holder in (item, operation):
        for node in holder.items("parameters"):
            parameter = resolved(node)
            key = (parameter.text("name"), parameter.text("in"))
            found[key] = parameter
    return [node for node in found.values() if isinstance(node.value, dict)]


def check_slots(path: str, nodes: list[Node], at: Node) -> None:
    """Report (E511) placeholders without a parameter, and the other way round."""
    slots = _SLOT.findall(path)
    names = [node.text("name") for node in nodes if node.text("in") == "path"]
    for slot in slots:
        if slot not in names:
            at.report.add(
                "E511",
                f"no parameter fills `{{{slot}}}` of the path `{path}`",
                at.source.span(at.path, key=True),
                "declare it with `in: path`",
            )
    for node in nodes:
        name = node.text("name")
        if node.text("in") == "path" and name and name not in slots:
            node.error(
                "E511", f"the path `{path}` has no placeholder `{{{name}}}`", at="name"
            )


def read(
    nodes: list[Node], credential: Credential | None, body: Body | None
) -> tuple[Parameter, ...]:
    """The parameters that can be sent. Raises Skip when a required one cannot."""
    found: list[Parameter] = []
    idents: dict[str, str] = {"body": "body"} if body and not body.fields else {}
    for node in nodes:
        name, location = node.text("name"), node.text("in")
        if location in ("body", "formData") or not name:
            continue
        required = location == "path" or node.flag("required") is True
        if location == "header" and name.lower() in _DESCRIBED:
            continue
        if credential is not None and _is_credential(name, location, credential):
            message = f"`{name}` is the credential, which callers never send: left out"
            node.error("W507", message, at="name")
            continue
        kind = kind_of(node)
        text = node.text("description") or in_words(name)
        if kind == "array":
            kind, text = _listed(name, location, node, text)
        reason = _reason(name, location, kind, node)
        if reason and required:
            raise Skip(f"it needs the parameter `{name}`, {reason}")
        if reason:
            node.error("W507", f"`{name}` is left out: it is {reason}", at="name")
            continue
        ident = identifier(name)
        if ident in idents:
            message = f"its inputs `{idents[ident]}` and `{name}` cannot be told apart"
            raise Skip(message)
        idents[ident] = name
        note_dropped(node)
        found.append(Parameter(name, location, kind, text, required))
    return tuple(found)


def beside(body: Body | None, parameters: tuple[Parameter, ...]) -> Body | None:
    """The body with names for its fields that no parameter has."""
    if body is None or not body.fields:
        return body
    taken = {identifier(p.name) for p in parameters}
    fields = []
    for field in body.fields:
        name = field.name
        while identifier(name) in taken:
            name = f"form-{name}"
        taken.add(identifier(name))
        fields.append(replace(field, name=name))
    return replace(body, fields=tuple(fields))


def _listed(name: str, location: str, node: Node, text: str) -> tuple[str, str]:
    """The type and description of what a caller gives for a list."""
    between = separated(node, location)
    if between:
        return "string", described(text, between)
    inner = kind_of(node, "items")
    if inner not in SCALARS or node.text("style") == "deepObject":
        return "array", text
    message = f"`{name}` takes one value: a field cannot be sent several times"
    node.error("W507", message, at="name")
    return inner, text


def _is_credential(name: str, location: str, credential: Credential) -> bool:
    return name.lower() == credential.name.lower() and location == credential.location


def kind_of(node: Node, within: str = "") -> str:
    """The type of a parameter or a schema, or of what stands ``within`` it."""
    schema = resolved(node.child("schema")) if node.has("schema") else node
    if within:
        schema = resolved(schema.child(within))
    for _ in range(20):
        parts = [
            part
            for keyword in ("allOf", "anyOf", "oneOf")
            for part in schema.items(keyword)
        ]
        if schema.has("type") or not parts:
            break
        schema = resolved(parts[0])
    written = schema.child("type").value
    kinds = written if isinstance(written, list) else [written]
    kinds = [kind for kind in kinds if isinstance(kind, str) and kind != "null"]
    if not kinds and schema.has("properties"):
        return "object"
    return kinds[0] if len(kinds) == 1 else "string"


def _reason(name: str, location: str, kind: str, node: Node) -> str:
    if node.has("content"):
        return "a document in a parameter"
    if kind not in SCALARS:
        return f"of type {kind}"
    if not NAME.fullmatch(name) or not words(name):
        return "called something that a capability cannot spell"
    if location == "header" and name.lower() in _CLIENT:
        return "a header that the HTTP client writes"
    return ""


def note_dropped(node: Node) -> None:
    """Report keywords of a parameter that nothing checks."""
    schema = resolved(node.child("schema")) if node.has("schema") else node
    if not isinstance(schema.value, dict):
        return
    dropped = [
        key for key in schema.value if key not in _SILENT and not key.startswith("x-")
    ]
    if dropped:
        names = ", ".join(f"`{key}`" for key in dropped)
        verb = "is" if len(dropped) == 1 else "are"
        span = schema.key_span(dropped[0])
        message = f"{names} of the parameter {verb} not checked: left out"
        node.report.add("W502", message, span, None)


def in_words(name: str) -> str:
    """A name as the description of what has no other."""
    return " ".join(words(name)).capitalize()
