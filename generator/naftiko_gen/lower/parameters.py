"""Parameters and body of a consumed operation."""

from __future__ import annotations

import re
from collections.abc import Mapping

from naftiko_gen import ir
from naftiko_gen.names import Scope

from . import scopes
from .bodies import lower_body
from .node import Node, clash_error

_TYPES: dict[str, ir.Scalar] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
}
#: How the fixed values of a type are written, and what the type is called in a message.
_FORMS = {
    "integer": re.compile(r"-?[0-9]{1,18}"),
    "number": re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?"),
    "boolean": re.compile(r"true|false"),
}
_ARTICLES = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "`true` or `false`",
}
#: What frames a request (RFC 9112) or names its target: a caller's value could make it two requests.
_CLIENT_HEADERS = (
    "connection",
    "content-length",
    "expect",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
)
_LOCATIONS: dict[str, ir.Location] = {
    "path": "path",
    "query": "query",
    "header": "header",
}


def lower_inputs(
    node: Node, slots: tuple[str, ...] | None, types: Mapping[str, ir.Scalar]
) -> tuple[tuple[ir.Parameter, ...], ir.Body | None]:
    """What the operation ``node`` takes; ``slots`` are the placeholders of its path, if it could be read.

    ``types`` are those that routes and tools declare for parameters that have no type here.
    """
    scope = Scope(scopes.PARAMETERS)
    parameters: list[ir.Parameter] = []
    schema = node.child("requestBody").value
    body = None
    seen_body = False
    if isinstance(schema, dict):
        body = lower_body(schema, declared_required=False, description="")
    for item in node.items("inputParameters"):
        location = item.text("in", "body")
        if location == "body":
            if item.has("value"):
                item.unsupported("value", "a request body with a value")
            if seen_body:
                item.unsupported("in", "a second body parameter")
            seen_body = True
            if body is None:
                body = _opaque_body(item)
        elif location in _LOCATIONS:
            parameter = _parameter(item, _LOCATIONS[location], slots, scope, types)
            if parameter is not None:
                parameters.append(parameter)
        else:
            item.unsupported("in", f"a consumed parameter in `{location}`")
    declared = {p.name for p in parameters if p.location == "path"}
    for slot in slots or ():
        if slot not in declared:
            declared.add(slot)
            ident, _ = scope.claim(slot)
            kind = types.get(slot, "string")
            parameters.append(
                ir.Parameter(slot, ident, "path", kind, True, {"type": kind})
            )
    return tuple(parameters), body


def _opaque_body(item: Node) -> ir.Body | None:
    if item.text("name") != "body":
        item.unsupported(
            "name", "a consumed body parameter that is one field of the body"
        )
        return None
    if item.text("type", "object") != "object":
        item.unsupported("type", f"a request body of type `{item.text('type')}`")
        return None
    return lower_body(
        None,
        declared_required=item.flag("required") is True,
        description=item.text("description"),
    )


def _parameter(
    item: Node,
    location: ir.Location,
    slots: tuple[str, ...] | None,
    scope: Scope,
    types: Mapping[str, ir.Scalar],
) -> ir.Parameter | None:
    name = item.text("name")
    if location == "header" and name.lower() in _CLIENT_HEADERS:
        item.unsupported("name", f"the header `{name}`, which the HTTP client writes,")
        return None
    if location == "path" and slots is not None and name not in slots:
        item.error(
            "E210",
            f"the path has no placeholder for the parameter `{name}`",
            at="name",
            hint=f"write {{{name}}} where it belongs in the path of the resource",
        )
        return None
    written = item.text("type") or types.get(name, "string")
    kind = _TYPES.get(written)
    if kind is None:
        item.unsupported("type", f"a {location} parameter of type `{written}`")
        return None
    ident, clash = scope.claim(name)
    if clash is not None:
        clash_error(item, "name", name, clash)
    constant_text = item.text("value") if item.has("value") else None
    if constant_text is not None and "{{" in constant_text:
        item.unsupported("value", "a parameter value with a template")
    if constant_text is not None:
        check_constant(item, "value", name, kind, location, constant_text)
    schema: ir.JsonObject = {"type": kind}
    if item.text("description"):
        schema["description"] = item.text("description")
    required = location == "path" or item.flag("required") is True
    return ir.Parameter(name, ident, location, kind, required, schema, constant_text)


def check_constant(
    node: Node,
    key: str,
    name: str,
    kind: ir.Scalar,
    location: ir.Location,
    text: str,
) -> None:
    """Refuse the fixed ``text`` at ``key`` of ``node`` if the parameter ``name`` cannot take it."""
    form = _FORMS.get(kind)
    if form is not None and not form.fullmatch(text):
        problem = f"`{name}` takes {_ARTICLES[kind]}, which this value is not"
    elif location == "header" and not (text.isascii() and text.isprintable()):
        problem = f"`{name}` is a header, which holds printable ASCII characters only"
    elif location == "path" and text in ("", ".", ".."):
        problem = f"`{name}` is a part of a path, which cannot be empty, `.` or `..`"
    else:
        return
    node.error("E218", problem, at=key)
