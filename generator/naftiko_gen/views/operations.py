"""``operations.py``: one function for each consumed operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Parameter,
    Value,
    annotation,
    call,
    code,
    docstring,
    from_import,
    ident,
    joined,
    literal,
    signature,
    statement,
    url,
)

from . import calls, formats, payloads, values

if TYPE_CHECKING:
    from naftiko_gen.contexts.calls import Operations
    from naftiko_gen.contexts.parts import Function

_HELPERS = {
    "query": "pairs",
    "header": "fields",
    "cookie": "cookies",
    "field": "members",
}


def view(capability: ir.Capability) -> Operations:
    """The context of the template."""
    operations = capability.operations
    raw = formats.raw(capability)
    helpers = {name for o in operations for name in _helpers(o)}
    bodies = {
        name
        for o in operations
        if o.payload is not None
        for module, name in payloads.helpers(o.payload)
        if module == "payloads"
    }
    kinds = {p.type for o in operations for p in o.inputs}
    names = ["Reply"]
    if any(o.body for o in operations) or "object" in kinds:
        names.append("JsonObject")
    if kinds & {"array", "json"}:
        names.append("JsonValue")
    return {
        "doc": docstring(
            f"The operations of {capability.label}: one function, one upstream request.",
            0,
        ),
        "reply_import": from_import(code(".reply"), names),
        "wire_import": from_import(code(".wire"), sorted(helpers)) if helpers else None,
        "payloads_import": (
            from_import(code(".payloads"), sorted(bodies)) if bodies else None
        ),
        "settings": any(o.settings for o in operations),
        "formats": formats.imports(operations, raw),
        "functions": [_function(o, o in raw) for o in operations],
    }


def _helpers(operation: ir.Operation) -> Iterator[str]:
    if operation.payload is not None:
        for module, name in payloads.helpers(operation.payload):
            if module == "wire":
                yield name
    if not all(isinstance(part, str) for part in operation.path_parts):
        yield "segment"
    for parameter in operation.parameters:
        if parameter.location in _HELPERS:
            yield _HELPERS[parameter.location]
        if parameter.location == "cookie":
            yield "fields"
        if parameter.template is not None and parameter.location != "path":
            yield from values.helpers((parameter.template,))
        if parameter.template is not None and parameter.location == "path":
            yield from values.helpers(ir.Text((p,)) for p in parameter.template.parts)


def _function(operation: ir.Operation, raw: bool) -> Function:
    return {
        "signature": signature(
            joined(code("async def "), ident(operation.ident)),
            _parameters(operation, raw),
            code("Reply"),
        ),
        "doc": docstring(_doc(operation)),
        "lines": _send(operation, raw),
    }


def _doc(operation: ir.Operation) -> str:
    text = f"{operation.title.rstrip('.')} ({operation.method} {operation.path})."
    notes = [operation.summary]
    if operation.permission:
        notes.append(f"Needs the permission: {operation.permission}.")
    return "\n\n".join([text, *(note for note in notes if note)])


def _parameters(operation: ir.Operation, raw: bool) -> list[Parameter | Code]:
    parameters: list[Parameter | Code] = [Parameter("upstream", code("Upstream"))]
    named = [Parameter("settings", code("Settings"))] if operation.settings else []
    named += [
        _parameter(p) for p in sorted(operation.inputs, key=lambda p: not p.required)
    ]
    if operation.body is not None:
        # Whether a body is required is checked where the caller's input is checked.
        named.append(Parameter("body", code("JsonObject | None"), code("None")))
    if operation.format is not None and operation.format.kind == "binary":
        limit = operation.format.limit or ir.MAX_BINARY
        named.append(Parameter("max_size", code("int"), literal(limit)))
    if raw:
        named.append(Parameter("raw", code("bool"), code("False")))
    return [*parameters, code("*"), *named] if named else parameters


def _parameter(parameter: ir.Parameter) -> Parameter:
    kind = values.TYPES[parameter.type]
    if parameter.required:
        return Parameter(parameter.ident, annotation(kind))
    if parameter.type == "json":
        return Parameter(parameter.ident, annotation(kind), code("None"))
    return Parameter(parameter.ident, annotation(f"{kind} | None"), code("None"))


def _send(operation: ir.Operation, raw: bool) -> list[Code]:
    arguments: list[Value] = [operation.method, _path(operation)]
    keywords: dict[str, Value] = {}
    fields = _items(operation, "header")
    cookies = _items(operation, "cookie")
    if cookies:
        fields.append(("Cookie", Call(code("cookies"), tuple(cookies))))
    query = _items(operation, "query")
    if query:
        keywords["query"] = Call(code("pairs"), tuple(query))
    if fields:
        keywords["headers"] = Call(code("fields"), tuple(fields))
    if operation.body is not None:
        keywords["body"] = code("body")
    if operation.payload is not None:
        keywords["body"] = payloads.body(operation.payload)
    members = _items(operation, "field")
    if members:
        keywords["body"] = Call(code("members"), tuple(members))
    if operation.cost != 1.0 and not operation.public:
        keywords["cost"] = operation.cost
    send = code("send_public") if operation.public else code("send")
    converter = formats.converter(operation)
    head = calls.RETURN if converter is None else calls.REPLY
    made = call(joined(head, code("upstream."), send), arguments, keywords, indent=4)
    if converter is None:
        return [made]
    unread = code("as_bytes(reply)") if formats.is_bytes(operation) else code("reply")
    as_it_is = [code("if raw:"), joined(code("    return "), unread)] if raw else []
    return [made, *as_it_is, statement(code("return"), converter, 4)]


def _path(operation: ir.Operation) -> Code:
    return url([_path_part(part) for part in operation.path_parts])


def _path_part(part: str | ir.Parameter | ir.Variable | ir.Credential) -> str | Code:
    if isinstance(part, str):
        return part
    value = _value(part) if isinstance(part, ir.Parameter) else values.part(part)
    if isinstance(value, Code):
        # In one line, however long the name is: it stands inside an f-string.
        return joined(code("segment("), value, code(")"))
    return literal(Call(code("segment"), (value,)))


def _items(operation: ir.Operation, location: str) -> list[Value]:
    return [
        (_name(p), _value(p)) for p in operation.parameters if p.location == location
    ]


def _name(parameter: ir.Parameter) -> str:
    # It has to replace the one that goes with the body, which is written like this.
    media_type = parameter.name.lower() == "content-type"
    return (
        "Content-Type"
        if media_type and parameter.location == "header"
        else parameter.name
    )


def _value(parameter: ir.Parameter) -> Value:
    if parameter.template is not None:
        if parameter.location == "field" and len(parameter.template.parts) == 1:
            # A member that is nothing but a value keeps the value's type.
            return values.part(parameter.template.parts[0])
        return values.text(parameter.template)
    if parameter.constant is None:
        return ident(parameter.ident)
    if parameter.location == "field":
        return calls.typed(parameter, parameter.constant)
    return parameter.constant
