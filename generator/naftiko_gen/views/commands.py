"""``commands.py``: what ``call OPERATION JSON`` can make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    assign,
    code,
    docstring,
    from_import,
    ident,
    joined,
    signature,
)

from . import calls

if TYPE_CHECKING:
    from naftiko_gen.contexts.parts import Function
    from naftiko_gen.contexts.running import Commands

_SIGNATURE = (code("arguments: JsonObject"), code("context: Context"))
_TYPED = {
    "string": code("arguments_.string"),
    "integer": code("arguments_.integer"),
    "number": code("arguments_.number"),
    "boolean": code("arguments_.boolean"),
    "array": code("arguments_.array"),
    "object": code("arguments_.object_"),
    "json": code("arguments_.anything"),
}


def view(capability: ir.Capability) -> Commands:
    """The context of the template."""
    runnables = capability.runnables
    return {
        "doc": docstring(f"The operations of {capability.label} as commands.", 0),
        "imports": imports(
            runnables,
            ["check", *sorted(calls.modules(runnables))],
            given=any(calls.needs_given(runs, ()) for runs in runnables),
            whole=any(_only_body(runs) for runs in runnables),
        ),
        "commands": [_command(runs) for runs in runnables],
        "table": assign(
            "COMMANDS",
            {runs.command: _entry(runs) for runs in runnables},
            annotation=annotation("dict[str, Command[Context]]"),
        ),
    }


def _only_body(runs: ir.Runnable) -> bool:
    return runs.body is not None and not runs.inputs


def _entry(runs: ir.Runnable) -> Value:
    """A command of an operation that takes nothing but a body is given its members."""
    function = ident(runs.ident)
    if not _only_body(runs):
        return function
    needed = runs.body is not None and runs.body.required
    keywords: tuple[tuple[str, Value], ...] = (("required", True),) if needed else ()
    return Call(code("whole_body"), (function,), keywords)


def imports(
    runnables: tuple[ir.Runnable, ...],
    modules: list[str],
    *,
    given: bool,
    whole: bool = False,
) -> list[Code]:
    """The imports of helpers that take the inputs of ``runnables`` from JSON arguments.

    ``given``: with the one for values that must be there; ``whole``: with the one for commands
    that are given a body's members.
    """
    if any(runs.body for runs in runnables):
        modules = sorted(["inputs", *modules])
    lines = [from_import(code("."), modules)]
    if any(runs.inputs for runs in runnables):
        # Import sorters order lines of one module by the first name in each.
        first = 0 if min(modules) > "arguments" else 1
        lines.insert(first, code("from . import arguments as arguments_"))
    helpers = ["whole_body"] if whole else []
    if given:
        helpers.append("given")
    return [*lines, from_import(code(".arguments"), helpers)] if helpers else lines


def argument(parameter: ir.Parameter, name: str, needed: bool = False) -> Call:
    """The argument ``name`` in the type of ``parameter``."""
    arguments: tuple[Value, ...] = (code("faults"), code("arguments"), name)
    keywords = tuple(calls.keywords_of(parameter, needed).items())
    return Call(_TYPED[parameter.type], arguments, keywords)


def _command(runs: ir.Runnable) -> Function:
    known = [*(p.name for p in runs.inputs), *(["body"] if runs.body else [])]
    lines: list[Code] = [calls.CHECKED, calls.known(known)]
    lines += [calls.take(p, argument(p, p.name)) for p in runs.inputs]
    if runs.body is not None:
        value = Call(code("arguments.get"), ("body",))
        lines.append(calls.take_body(runs, value, "/body"))
    lines += [calls.REFUSED, calls.make(runs, ())]
    head = joined(code("async def "), ident(runs.ident))
    return {
        "signature": signature(head, _SIGNATURE, code("Reply")),
        "doc": docstring(f"{runs.command}: {runs.title}"),
        "lines": lines,
    }
