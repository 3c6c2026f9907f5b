"""Types of upstream parameters, which the format lets only routes and tools write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from naftiko_gen import ir

from .node import Node
from .references import reference_of

_RESULT = re.compile(r"(?:\$\.|\{\{\s*)([^{}.]+)(?:\.[^{}]+)?\s*(?:\}\})?")
#: What inputs are declared as.
SCALARS: dict[str, ir.Scalar] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "array": "array",
    "object": "object",
}
#: The types that routes and tools declare, by namespace and operation, then by upstream parameter.
Types = Mapping[tuple[str, str], Mapping[str, ir.Scalar]]


def declared_types(capability: Node) -> Types:
    """What type each upstream parameter has for its callers; the first that says it counts."""
    found: dict[tuple[str, str], dict[str, ir.Scalar]] = {}
    for adapter in capability.items("exposes"):
        for unit, inputs, steps in _units(adapter):
            namespace, _, name = unit.text("call").rpartition(".")
            types = found.setdefault((namespace, name), {})
            for target, value in unit.members("with"):
                # What a step found may be anything.
                result = _RESULT.fullmatch(str(value.value))
                if result is not None and result.group(1).strip() in steps:
                    types[target] = "json"
            sources = {
                target: reference_of(value, adapter.text("namespace"))
                for target, value in unit.members("with")
            }
            for item in inputs:
                kind = SCALARS.get(item.text("type"))
                own = item.text("name")
                targets = [t for t, source in sources.items() if source == own]
                if own not in sources:
                    targets.append(own)
                for target in targets:
                    if kind is not None:
                        types.setdefault(target, kind)
    return found


def _units(adapter: Node) -> Iterator[tuple[Node, tuple[Node, ...], frozenset[str]]]:
    """What calls an operation (a tool, an operation, a step), and the inputs that it sees.

    With the names of all steps that stand beside it.
    """
    for tool in adapter.items("tools"):
        for unit, names in _with_steps(tool):
            yield unit, tool.items("inputParameters"), names
    for resource in adapter.items("resources"):
        shared = resource.items("inputParameters")
        for operation in resource.items("operations"):
            for unit, names in _with_steps(operation):
                yield unit, (*operation.items("inputParameters"), *shared), names


def _with_steps(unit: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    steps = unit.items("steps")
    yield unit, frozenset()
    for step in steps:
        yield step, frozenset(item.text("name") for item in steps)
