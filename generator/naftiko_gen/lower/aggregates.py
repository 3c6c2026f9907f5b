"""``aggregates``: functions that routes and tools share, one flow each.

All of them are read, so that a fault shows even in one that nothing refers to; what nothing
refers to is not emitted.
"""

from __future__ import annotations

from dataclasses import replace

from naftiko_gen import ir
from naftiko_gen.diagnostics import Span

from .consumes import Consumed
from .declared import check_once
from .flows import Unit, lower_flow, lower_mock, lower_single
from .mocks import is_mock
from .node import Node, line_of
from .runs import lower_output
from .wiring import report_empty, report_stray


def lower_aggregates(capability: Node, consumed: Consumed) -> None:
    """Read the functions of all aggregates, into ``consumed.aggregates``."""
    lines: dict[str, Span] = {}
    for aggregate in capability.items("aggregates"):
        namespace = aggregate.text("namespace")
        for node in aggregate.items("functions"):
            name = f"{namespace}.{node.text('name')}"
            if name in lines:
                node.error(
                    "E234",
                    f"the function `{name}` is already declared at"
                    f" {line_of(lines[name], node.span())}",
                    at="name",
                    hint="a ref could not tell the two apart: rename one",
                )
                continue
            lines[name] = node.span("name")
            consumed.aggregates[name] = _function(node, consumed, namespace)


def _function(node: Node, consumed: Consumed, namespace: str) -> ir.Flow | None:
    own = node.items("inputParameters")
    needed = (i.text("name") for i in own if i.flag("required") is not False)
    unit = Unit(namespace, node.text("name"), own, frozenset(needed))
    check_once(node)
    flow = _lowered(node, consumed, unit)
    if flow is None:
        return None
    semantics = node.child("semantics")
    described = {i.text("name"): i.text("description") for i in own}
    return replace(
        flow,
        inputs=tuple(_described(p, described.get(p.name, "")) for p in flow.inputs),
        safe=semantics.flag("safe"),
        idempotent=semantics.flag("idempotent"),
        ref=f"{namespace}.{unit.name}",
    )


def _lowered(node: Node, consumed: Consumed, unit: Unit) -> ir.Flow | None:
    if node.has("steps"):
        found = lower_flow(node, consumed, unit)
        return None if found is None else found[0]
    if node.has("call"):
        single = lower_single(node, consumed, unit)
        if single is None:
            return None
        flow, step = single
        if node.has("mappings"):
            report_stray(node)
        names = (unit.name, f"{unit.namespace} {unit.name}")
        output = lower_output(node, consumed, flow, names)
        if output is None:
            return flow
        return replace(flow, work=ir.Single(step, output), answer=output.schema)
    if is_mock(node):
        return lower_mock(node, consumed, unit)[0]
    if node.has("mappings"):
        report_stray(node)
    else:
        report_empty(node, "a function")
    return None


def _described(parameter: ir.Parameter, description: str) -> ir.Parameter:
    if not description:
        return parameter
    return replace(parameter, schema={**parameter.schema, "description": description})
