"""What a route or tool runs, an operation or a flow, and what its inputs feed."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir
from naftiko_gen.diagnostics import Remedy

from .consumes import Consumed
from .flows import Unit, lower_flow, lower_mock
from .functions import referenced
from .mocks import is_mock
from .node import Node
from .outputs import Render
from .wiring import Wiring, called, read_with


def lower_runs(
    node: Node,
    consumed: Consumed,
    unit: Unit,
    declared: Mapping[str, Node],
    what: str,
) -> tuple[ir.Runnable, Wiring] | None:
    """What the route or tool ``node`` (``what`` in messages) runs, and how its inputs feed it.

    None after reporting why it cannot be compiled.
    """
    if node.has("ref"):
        function = referenced(node, consumed)
        if function is None:
            return None
        settings = consumed.settings
        return function, read_with(node, function, unit.namespace, declared, settings)
    if node.has("steps"):
        return lower_flow(node, consumed, unit)
    if is_mock(node):
        return lower_mock(node, consumed, unit)
    operation = called(node, consumed, what)
    if operation is None:
        return None
    settings = consumed.settings
    return operation, read_with(node, operation, unit.namespace, declared, settings)


def lower_output(
    node: Node,
    consumed: Consumed,
    runs: ir.Runnable,
    names: tuple[str, ...],
    render: Render | None = None,
) -> ir.Output | None:
    """What the answer of ``runs`` is made into by ``outputParameters``; None to pass it on.

    Those of a flow that makes its answer itself only describe it, and so do those that take nothing
    from the answer of its last call.
    """
    if isinstance(runs, ir.Flow) and (runs.complete or not _takes(node)):
        return None
    written = runs.format if isinstance(runs, ir.Operation) else None
    if isinstance(runs, ir.Flow) and isinstance(runs.work, ir.Single):
        written = runs.work.step.operation.format
    if written is not None and written.kind == "binary":
        if node.has("outputParameters"):
            node.error(
                "W299",
                "binary answers are passed on as they come: nothing is mapped",
                at="outputParameters",
                remedy=Remedy((*node.path, "outputParameters")),
            )
        return None
    return consumed.outputs.lower(node, names, written, render)


def _takes(node: Node) -> bool:
    """Whether an output says where its value comes from."""
    outputs = list(node.items("outputParameters"))
    while outputs:
        item = outputs.pop()
        if any(item.has(key) for key in ("mapping", "value", "const")):
            return True
        outputs += [member for _, member in item.members("properties")]
        outputs += [item.child("items"), *item.items("items")]
        outputs = [child for child in outputs if isinstance(child.value, dict)]
    return False
