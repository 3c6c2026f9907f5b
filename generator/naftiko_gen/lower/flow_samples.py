"""What flows look for in the answers of the operations that they call."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m
from naftiko_gen.flow_answers import given_text

_ROOT = m.Path()


#: The values that lookups search for in the documents of each operation: one row for each.
Rows = dict[tuple[str, str], list[m.JsonValue]]


def wanted(flow: ir.Flow, rows: Rows) -> Iterator[tuple[ir.Operation, m.Output]]:
    """What a flow looks for in the document of each operation that it calls.

    The tables of lookups come first: their rows are what the lookups find. ``rows`` are those
    of other flows, and gets those of this one.
    """
    lookups = [s for s in flow.work.steps if isinstance(s, ir.LookupStep)]
    tables = {step.table.step for step in lookups}
    calls = {step.name: step for step in flow.work.calls}
    for lookup in lookups:
        table = calls.get(lookup.table.step)
        if table is not None:
            key = (table.operation.namespace, table.operation.name)
            known = rows.setdefault(key, [])
            searched = _searched(lookup, calls)
            if searched not in known:
                known.append(searched)
            for part in _row(table, lookup, known.index(searched), searched):
                yield table.operation, _output(part)
    if isinstance(flow.work, ir.Single) and flow.work.output is not None:
        yield flow.work.step.operation, flow.work.output
    for step in calls.values():
        if step.projection is not None:
            made = step.projection.alternatives[0]
            yield (
                step.operation,
                _output(m.Each(_ROOT, made) if step.name in tables else made),
            )
    for found in _founds(flow):
        step_of = calls.get(found.step)
        if step_of is not None and step_of.projection is None and found.path:
            yield step_of.operation, _output(m.At(_path(found.path)))


def _output(mapping: m.Mapping) -> m.Output:
    return m.Output("", (mapping,), {})


def _path(names: tuple[str, ...]) -> m.Path:
    return m.Path(tuple(m.Segment((m.Name(name),)) for name in names))


def _row(
    table: ir.CallStep, lookup: ir.LookupStep, index: int, searched: m.JsonValue
) -> Iterator[m.Mapping]:
    """The parts of the row at ``index``, which the lookup finds by the text ``searched``."""
    outputs = _outputs(table)
    start = (m.Segment((m.Index(index),)),)
    for name in dict.fromkeys((lookup.match, *lookup.members)):
        known = outputs.get(name)
        path = known.path if isinstance(known, m.At) else _path((name,))
        sample = known.sample if isinstance(known, m.At) else "text"
        if name == lookup.match:
            sample = searched
        yield m.At(m.Path(start + path.segments), sample)


def _outputs(step: ir.CallStep) -> dict[str, m.Mapping]:
    made = None if step.projection is None else step.projection.alternatives[0]
    return dict(made.members) if isinstance(made, m.Members) else {}


def _searched(lookup: ir.LookupStep, calls: dict[str, ir.CallStep]) -> m.JsonValue:
    """The value that the lookup searches for when everything is a sample."""
    part = lookup.value.parts[0] if lookup.value.parts else ""
    if len(lookup.value.parts) != 1 or not isinstance(part, ir.Found):
        return given_text(lookup.value, lambda found: "text")
    step = calls.get(part.step)
    known = None
    if step is not None and part.path:
        known = _outputs(step).get(part.path[0])
    sample = known.sample if isinstance(known, m.At) else "text"
    if isinstance(sample, list):
        return sample[0] if sample else "text"
    return sample


def _founds(flow: ir.Flow) -> Iterator[ir.Found]:
    for step in flow.work.steps:
        if isinstance(step, ir.LookupStep):
            given = [step.value]
        elif isinstance(step, ir.ScriptStep):
            given = [v for _, v in step.context if isinstance(v, ir.Given)]
        else:
            given = [v for _, v in step.arguments if isinstance(v, ir.Given)]
            given += [] if step.body is None else [step.body]
        for value in given:
            yield from (part for part in value.parts if isinstance(part, ir.Found))
    yield from (target.value for target in flow.work.targets)
