"""Types of upstream parameters, which the format lets only routes and tools write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from naftiko_gen import ir

from .node import Node
from .references import reference_of

#: What inputs are declared as.
SCALARS: dict[str, ir.Scalar] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "array": "array",
    "object": "object",
}
#: The types that routes and tools declare, by namespace, operation and upstream parameter.
Types = Mapping[tuple[str, str, str], ir.Scalar]


def declared_types(capability: Node) -> Types:
    """What type each upstream parameter has for its callers; the first that says it counts."""
    found: dict[tuple[str, str, str], ir.Scalar] = {}
    for adapter in capability.items("exposes"):
        for unit, inputs in _units(adapter):
            namespace, _, name = unit.text("call").rpartition(".")
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
                        found.setdefault((namespace, name, target), kind)
    return found


def _units(adapter: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """What calls an operation (a tool, an operation, a step), and the inputs that it sees."""
    for tool in adapter.items("tools"):
        for unit in (tool, *tool.items("steps")):
            yield unit, tool.items("inputParameters")
    for resource in adapter.items("resources"):
        shared = resource.items("inputParameters")
        for operation in resource.items("operations"):
            for unit in (operation, *operation.items("steps")):
                yield unit, (*operation.items("inputParameters"), *shared)
