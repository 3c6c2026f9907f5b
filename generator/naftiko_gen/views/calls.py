"""Source text that routes, tools and commands share: take the inputs, make the call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    call,
    code,
    dotted,
    ident,
    joined,
    statement,
)

from . import formats, values

CHECKED = code("faults = Faults(context.settings.allow_unknown_fields)")
REFUSED = code("faults.raise_any()")
RETURN = code("return await ")
REPLY = code("reply = await ")


def known(names: Sequence[str]) -> Code:
    """Refuse arguments that are not among ``names``."""
    arguments = (code("faults"), code("arguments"), "")
    return call(
        code("check.body_object"),
        arguments,
        {"required": True, "known": tuple(names)},
        indent=4,
    )


def take(parameter: ir.Parameter, value: Call) -> Code:
    """``name = value`` for one input."""
    return statement(joined(ident(parameter.ident), code(" =")), value, indent=4)


def taken(item: ir.Input, value: Call, at: str) -> list[Code]:
    """One input of a route or tool: its value, and whether its text has the right form.

    ``at`` is the JSON Pointer that a fault names.
    """
    if not item.idle:
        lines = [take(item.target, value)]
        of: Value = ident(item.target.ident)
    elif not item.pattern:
        return [call(value.function, value.arguments, dict(value.keywords), indent=4)]
    else:
        lines, of = [], value
    if item.pattern:
        arguments = (code("faults"), of, at, item.pattern)
        lines.append(call(code("check_pattern"), arguments, indent=4))
    return lines


def take_body(runs: ir.Runnable, value: Value, at: str) -> Code:
    """``body = inputs.<operation>(value, faults[, at])``."""
    arguments: list[Value] = [value, code("faults")]
    if at:
        arguments.append(at)
    return call(
        joined(code("body = "), dotted("inputs", runs.ident)), arguments, indent=4
    )


def answer(
    runs: ir.Runnable,
    fixed: Sequence[tuple[ir.Parameter, ir.Fixed]],
    output: ir.Output | None,
    taken: Set[str] | None = None,
) -> list[Code]:
    """The call of a route, tool or resource, and what is made of its answer.

    With ``taken``, other inputs of the operation are left out of the call.
    """
    if output is None:
        return [make(runs, fixed, raw=formats.is_raw(runs, output), taken=taken)]
    mapping = dotted("mappings", output.ident)
    return [
        make(runs, fixed, REPLY, taken=taken),
        statement(code("return"), Call(code("mapped"), (code("reply"), mapping)), 4),
    ]


def make(
    runs: ir.Runnable,
    fixed: Sequence[tuple[ir.Parameter, ir.Fixed]],
    before: Code = RETURN,
    raw: bool = False,
    taken: Set[str] | None = None,
) -> Code:
    """``return await operations.<operation>(context.<upstream>, ...)``, or a flow of ``flows``."""
    constants = {p.name: _fixed(p, value) for p, value in fixed}
    keywords: dict[str, Value] = {}
    if runs.settings:
        keywords["settings"] = values.OF_CONTEXT
    for parameter in runs.inputs:
        if parameter.name in constants:
            keywords[parameter.ident] = constants[parameter.name]
        elif taken is not None and parameter.name not in taken:
            continue
        elif parameter.required:
            keywords[parameter.ident] = Call(code("given"), (ident(parameter.ident),))
        else:
            keywords[parameter.ident] = ident(parameter.ident)
    if runs.body is not None and taken is None:
        keywords["body"] = code("body")
    if raw:
        keywords["raw"] = True
    form = formats.written(runs)
    if form is not None and form.at_most is not None:
        keywords["max_size"] = form.at_most
    if isinstance(runs, ir.Flow):
        module, first = code("flows."), code("context")
    else:
        module = code("operations.")
        first = dotted("context", runs.upstream_ident)
    head = joined(before, module, ident(runs.ident))
    return call(head, (first,), keywords, indent=4)


def modules(runs: Iterable[ir.Runnable]) -> set[str]:
    """The modules whose functions the calls of ``runs`` are."""
    return {"flows" if isinstance(one, ir.Flow) else "operations" for one in runs}


def _fixed(parameter: ir.Parameter, value: ir.Fixed) -> Value:
    if isinstance(value, ir.Text):
        return values.text(value, values.OF_CONTEXT)
    return typed(parameter, value) if isinstance(value, str) else value


def helpers(fixed: Iterable[tuple[ir.Parameter, ir.Fixed]]) -> set[str]:
    """The helpers of ``wire`` that calls with the ``fixed`` values use."""
    texts = (value for _, value in fixed if isinstance(value, ir.Text))
    return set(values.helpers(texts))


def needs_given(
    runs: ir.Runnable, fixed: Sequence[tuple[ir.Parameter, ir.Fixed]]
) -> bool:
    """Whether the call hands on a value that the caller must give."""
    constants = {p.name for p, _ in fixed}
    return any(p.required and p.name not in constants for p in runs.inputs)


def typed(parameter: ir.Parameter, text: str) -> Value:
    """A constant, whose form lowering has checked, in the type of its parameter."""
    if parameter.type == "boolean":
        return text == "true"
    if parameter.type == "integer":
        return int(text)
    return float(text) if parameter.type == "number" else text


def keywords_of(parameter: ir.Parameter, needed: bool = False) -> dict[str, Value]:
    """What a check of ``parameter`` needs besides its value."""
    return {"required": True} if parameter.required or needed else {}
