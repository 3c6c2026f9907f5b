"""What flows look for in the answers of the operations that they call."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m


def wanted(flow: ir.Flow) -> Iterator[tuple[ir.Operation, m.Output]]:
    """What a flow looks for in the document of each operation that it calls."""
    paths: dict[str, list[tuple[str, ...]]] = {}
    for found in _founds(flow):
        paths.setdefault(found.step, []).append(found.path)
    for step in flow.work.calls:
        if step.projection is not None:
            yield step.operation, step.projection
            continue
        for path in paths.get(step.name, []):
            if path:
                segments = tuple(m.Segment((m.Name(name),)) for name in path)
                yield step.operation, m.Output("", (m.At(m.Path(segments)),), {})


def _founds(flow: ir.Flow) -> Iterator[ir.Found]:
    for step in flow.work.calls:
        given = [value for _, value in step.arguments if isinstance(value, ir.Given)]
        given += [] if step.body is None else [step.body]
        for value in given:
            yield from (part for part in value.parts if isinstance(part, ir.Found))
    yield from (target.value for target in flow.work.targets)
