"""``operations.py``: one function for each consumed operation."""

from __future__ import annotations

from collections.abc import Mapping

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
    url,
)

_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
_HELPERS = {"path": "segment", "query": "pairs", "header": "fields"}


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template."""
    operations = capability.operations
    helpers = {_HELPERS[p.location] for o in operations for p in o.parameters}
    names = ["JsonObject", "Reply"] if any(o.body for o in operations) else ["Reply"]
    return {
        "doc": docstring(
            f"The operations of {capability.label}: one function, one upstream request.",
            0,
        ),
        "reply_import": from_import(code(".reply"), names),
        "wire_import": from_import(code(".wire"), sorted(helpers)) if helpers else None,
        "functions": [_function(operation) for operation in operations],
    }


def _function(operation: ir.Operation) -> Mapping[str, Code]:
    return {
        "signature": signature(
            joined(code("async def "), ident(operation.ident)),
            _parameters(operation),
            code("Reply"),
        ),
        "doc": docstring(_doc(operation)),
        "send": _send(operation),
    }


def _doc(operation: ir.Operation) -> str:
    text = f"{operation.title.rstrip('.')} ({operation.method} {operation.path})."
    notes = [operation.summary]
    if operation.permission:
        notes.append(f"Needs the permission: {operation.permission}.")
    return "\n\n".join([text, *(note for note in notes if note)])


def _parameters(operation: ir.Operation) -> list[Parameter | Code]:
    parameters: list[Parameter | Code] = [Parameter("upstream", code("Upstream"))]
    named = [
        _parameter(p) for p in sorted(operation.inputs, key=lambda p: not p.required)
    ]
    if operation.body is not None:
        # Whether a body is required is checked where the caller's input is checked.
        named.append(Parameter("body", code("JsonObject | None"), code("None")))
    return [*parameters, code("*"), *named] if named else parameters


def _parameter(parameter: ir.Parameter) -> Parameter:
    kind = _TYPES[parameter.type]
    if parameter.required:
        return Parameter(parameter.ident, annotation(kind))
    return Parameter(parameter.ident, annotation(f"{kind} | None"), code("None"))


def _send(operation: ir.Operation) -> Code:
    arguments: list[Value] = [operation.method, _path(operation)]
    keywords: dict[str, Value] = {}
    for keyword, location, helper in (
        ("query", "query", code("pairs")),
        ("headers", "header", code("fields")),
    ):
        items = [_item(p) for p in operation.parameters if p.location == location]
        if items:
            keywords[keyword] = Call(helper, tuple(items))
    if operation.body is not None:
        keywords["body"] = code("body")
    if operation.cost != 1.0 and not operation.public:
        keywords["cost"] = operation.cost
    send = code("send_public") if operation.public else code("send")
    return call(
        joined(code("return await upstream."), send), arguments, keywords, indent=4
    )


def _path(operation: ir.Operation) -> Code:
    return url(
        [
            (
                part
                if isinstance(part, str)
                else literal(Call(code("segment"), (_value(part),)))
            )
            for part in operation.path_parts
        ]
    )


def _item(parameter: ir.Parameter) -> Value:
    return (parameter.name, _value(parameter))


def _value(parameter: ir.Parameter) -> Value:
    return ident(parameter.ident) if parameter.constant is None else parameter.constant
