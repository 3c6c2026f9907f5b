"""``inputs.py``: checks of request bodies, one function for each operation that has one."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir
from naftiko_gen.names import constant
from naftiko_gen.pycode import (
    Code,
    Parameter,
    Value,
    assign,
    call,
    code,
    docstring,
    dotted,
    ident,
    joined,
    signature,
)


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template."""
    return {
        "doc": docstring(
            f"What callers of {capability.label} may send: one check for each body.", 0
        ),
        "functions": [
            _function(o, o.body) for o in capability.operations if o.body is not None
        ],
    }


def _function(operation: ir.Operation, body: ir.Body) -> Mapping[str, object]:
    known = ident(constant(operation.ident)) if body.known is not None else code("None")
    return {
        "known": None if body.known is None else assign(str(known), body.known),
        "signature": signature(
            joined(code("def "), ident(operation.ident)),
            [
                Parameter("value", code("JsonValue")),
                Parameter("faults", code("Faults")),
                Parameter("at", code("str"), code('""')),
            ],
            code("JsonObject | None"),
        ),
        "doc": docstring(
            f"The body of {operation.title.rstrip('.')}, or None when there is none."
        ),
        "open": call(
            code("body = check.body_object"),
            (code("faults"), code("value"), code("at")),
            {"required": body.required, "known": known},
            indent=4,
        ),
        "checks": [_check(check) for check in body.checks],
    }


def _check(check: ir.Check) -> Code:
    keywords: dict[str, Value] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in check.options
    }
    arguments: list[Value] = [code("faults"), code("body"), check.name, code("at")]
    return call(dotted("check", check.function), arguments, keywords, indent=8)
