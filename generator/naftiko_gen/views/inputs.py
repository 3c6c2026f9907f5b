"""``inputs.py``: checks of request bodies, one function for each operation that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Parameter,
    Value,
    annotation,
    assign,
    call,
    code,
    docstring,
    dotted,
    ident,
    joined,
    signature,
)

if TYPE_CHECKING:
    from naftiko_gen.contexts.calls import Body, Inputs


def view(capability: ir.Capability) -> Inputs:
    """The context of the template."""
    checks = [c for o in capability.operations if o.body for c in o.body.checks]
    return {
        "options": any(name != "required" for c in checks for name, _ in c.options),
        "checks": bool(checks),
        "doc": docstring(
            f"What callers of {capability.label} may send: one check for each body.", 0
        ),
        "functions": [
            _function(o, o.body) for o in capability.operations if o.body is not None
        ],
    }


def _function(operation: ir.Operation, body: ir.Body) -> Body:
    table = f"{operation.ident.upper()}_BODY"
    required = tuple(c.name for c in body.checks if ("required", True) in c.options)
    keywords: dict[str, Value] = {}
    if body.required:
        keywords["needed"] = True
    if required:
        keywords["required"] = required
    if body.known is None:
        keywords["closed"] = False
    checks: dict[str, Value] = {check.name: _check(check) for check in body.checks}
    return {
        "table": assign(table, checks, annotation=annotation("dict[str, Check]")),
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
        "check": call(
            code("return check_body"),
            (code("faults"), code("value"), code("at"), ident(table)),
            keywords,
            indent=4,
        ),
    }


def _check(check: ir.Check) -> Value:
    """The helper for one member: as it is, or with the options of the member's schema."""
    function = dotted("check", check.function)
    options = tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in check.options
        if name != "required"
    )
    return Call(code("partial"), (function,), options) if options else function
