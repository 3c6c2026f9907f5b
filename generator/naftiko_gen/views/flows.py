"""``flows.py``: one function for each answer that is made of several calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Code,
    Parameter,
    annotation,
    call,
    code,
    docstring,
    from_import,
    ident,
    joined,
    signature,
)

from . import values
from .flow_code import Writer
from .flow_mocks import write_mock, write_single

if TYPE_CHECKING:
    from naftiko_gen.contexts.calls import FlowFunction, Flows

#: The modules that helpers come from; all others are in ``steps``.
_MODULES = {"at": "json_values", "concat": "wire", "concat_given": "wire"}
_MODULES |= {"revealed": "wire", "index_of": "lookups", "look_up": "lookups"}
_MODULES["script"] = "scripts"
_MODULES["mapped"] = "mapped"
_MODULES |= dict.fromkeys(("nothing", "said_boolean", "said_number"), "mocks")
_MODULES |= dict.fromkeys(
    ("observed_call", "observed_function", "observed_lookup", "observed_script"),
    "observed_steps",
)
_MODULES["told_as"] = "told"
_ORDER = (
    *("json_values", "lookups", "mapped", "measured_steps", "mocks"),
    *("observed_steps", "reply"),
)
_LAST = ("script_control", "scripts", "steps", "told", "wire")


def view(capability: ir.Capability) -> Flows:
    """The context of the template."""
    helpers: set[str] = set()
    functions = [_function(flow, helpers, capability) for flow in capability.flows]
    return {
        "doc": docstring(
            f"The flows of {capability.label}: answers that the package itself makes.",
            0,
        ),
        "imports": _imports(capability, helpers),
        "functions": functions,
    }


def lookups(flow: ir.Flow) -> bool:
    """Whether the flow looks something up."""
    return any(isinstance(step, ir.LookupStep) for step in flow.work.steps)


def scripts(capability: ir.Capability) -> list[ir.ScriptStep]:
    """The script steps of all flows."""
    return [
        step
        for flow in capability.flows
        for step in flow.work.steps
        if isinstance(step, ir.ScriptStep)
    ]


def _imports(capability: ir.Capability, helpers: set[str]) -> list[Code]:
    own = {name for name in helpers if name in ("operations", "mappings")}
    named = {name: _MODULES.get(name, "steps") for name in helpers - own}
    types = {"Reply"}
    kinds = {p.type for flow in capability.flows for p in flow.inputs}
    if "object" in kinds:
        types.add("JsonObject")
    if kinds & {"array", "json"}:
        types.add("JsonValue")
    lines = [from_import(code("."), sorted(own))] if own else []
    lines.append(code("from .context import Context"))
    if "script" in named and capability.control and capability.control.scripts:
        named["script"] = "script_control"
    if capability.metrics:
        renamed = {"observed_steps": "measured_steps"}
        named = {name: renamed.get(home, home) for name, home in named.items()}
    for module in (*_ORDER, *_LAST):
        found = [name for name, home in named.items() if home == module]
        names = sorted(types) if module == "reply" else found
        if names:
            lines.append(from_import(joined(code("."), ident(module)), names))
    return lines


def _function(
    flow: ir.Flow, helpers: set[str], capability: ir.Capability
) -> FlowFunction:
    head = joined(code("async def "), ident(flow.ident))
    writer = Writer(helpers)
    decorator = None
    if flow.ref and capability.observability is not None:
        observed = writer.helper("observed_function")
        decorator = call(joined(code("@"), observed), (flow.ref,))
    if isinstance(flow.work, ir.Single):
        write_single(flow.work, writer)
    elif isinstance(flow.work, ir.Mock):
        write_mock(flow.work, writer)
    else:
        if capability.observability is not None or capability.metrics:
            writer.observed = {step.name: n for n, step in enumerate(flow.work.steps)}
        writer.steps(flow.work)
    return {
        "decorator": decorator,
        "signature": signature(head, _parameters(flow), code("Reply")),
        "doc": docstring(_doc(flow)),
        "lines": writer.lines,
    }


def _doc(flow: ir.Flow) -> str:
    if not isinstance(flow.work, ir.Steps):
        return flow.title
    names = ", ".join(step.name for step in flow.work.steps)
    return f"{flow.title.rstrip('.')} (steps: {names})."


def _parameters(flow: ir.Flow) -> list[Parameter | Code]:
    named = sorted(flow.inputs, key=lambda p: not p.required)
    context = Parameter("context", code("Context"))
    if not named:
        return [context]
    return [context, code("*"), *(_parameter(p) for p in named)]


def _parameter(parameter: ir.Parameter) -> Parameter:
    kind = values.TYPES[parameter.type]
    if parameter.required:
        return Parameter(parameter.ident, annotation(kind))
    if parameter.type == "json":
        return Parameter(parameter.ident, annotation(kind), code("None"))
    return Parameter(parameter.ident, annotation(f"{kind} | None"), code("None"))
