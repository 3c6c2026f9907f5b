"""What a sandbox answers when the capability has no sample: a document that can be mapped.

It is made of the paths of the mappings: each gives a value of its type at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m
from naftiko_gen.formats import encode

from .flow_samples import Rows, wanted

_Leaf = Callable[[m.JsonValue], m.JsonValue]
_LONGEST = 100

Adapters = tuple[list[ir.RestAdapter], list[ir.McpAdapter]]


def with_samples(
    upstreams: Sequence[ir.Upstream],
    rest: Sequence[ir.RestAdapter],
    mcp: Sequence[ir.McpAdapter],
) -> tuple[tuple[ir.Upstream, ...], Adapters]:
    """The same capability, with a sample for each operation that is mapped and has none."""
    outputs: dict[tuple[str, str], list[m.Output]] = {}
    rows: Rows = {}
    exposed: list[ir.Route | ir.Tool | ir.Resource] = [
        r for a in rest for r in a.routes
    ]
    for adapter in mcp:
        exposed += [*adapter.tools, *adapter.resources]
    for unit in exposed:
        if unit.output is not None and isinstance(unit.runs, ir.Operation):
            key = (unit.runs.namespace, unit.runs.name)
            outputs.setdefault(key, []).append(unit.output)
        if isinstance(unit.runs, ir.Flow):
            for operation, output in wanted(unit.runs, rows):
                key = (operation.namespace, operation.name)
                outputs.setdefault(key, []).append(output)
    changed: dict[tuple[str, str], ir.Operation] = {}
    for upstream in upstreams:
        for operation in upstream.operations:
            key = (operation.namespace, operation.name)
            sample = _sample(upstream, operation, outputs.get(key, []))
            if sample is not operation.sample:
                operation = replace(operation, sample=sample)
            changed[key] = _written(operation)

    def of(operation: ir.Runnable) -> ir.Runnable:
        if isinstance(operation, ir.Flow):
            return operation
        found = changed.get((operation.namespace, operation.name), operation)
        if operation.format is None or found.format is None:
            return found
        form = replace(found.format, at_most=operation.format.at_most)
        return replace(found, format=form)

    routes = [
        replace(a, routes=tuple(replace(r, runs=of(r.runs)) for r in a.routes))
        for a in rest
    ]
    tools = [
        replace(
            a,
            tools=tuple(replace(t, runs=of(t.runs)) for t in a.tools),
            exposed=tuple(
                (
                    replace(item, runs=of(item.runs))
                    if isinstance(item, ir.Resource)
                    else item
                )
                for item in a.exposed
            ),
        )
        for a in mcp
    ]
    return (
        tuple(
            replace(
                u, operations=tuple(changed[o.namespace, o.name] for o in u.operations)
            )
            for u in upstreams
        ),
        (routes, tools),
    )


def _written(operation: ir.Operation) -> ir.Operation:
    """The operation with its sample written in the format of its answers."""
    if operation.format is None:
        return operation
    sample, written = encode(operation.sample, operation.format)
    form = replace(operation.format, sample=written)
    return replace(operation, sample=sample, format=form)


def _sample(
    upstream: ir.Upstream, operation: ir.Operation, outputs: list[m.Output]
) -> m.JsonValue:
    errors = upstream.errors
    if errors is not None and errors.envelope == "none":
        errors = None
    built = errors is not None and errors.envelope == "build"
    empty: m.JsonValue = {}
    if errors is not None and built:
        empty = {errors.member: [], "result": {}}
    if operation.sample != empty or not outputs:
        return operation.sample
    document: m.JsonValue = None
    for output in outputs:
        document = _fill(document, output.alternatives[0])
    if document is None:
        return operation.sample
    if errors is None:
        return document
    # In an envelope, only what stands in its result is the operation's own.
    result = document.get("result", {}) if isinstance(document, dict) else {}
    return {errors.member: [], "result": result} if built else result


def _fill(node: m.JsonValue, mapping: m.Mapping) -> m.JsonValue:
    """``node`` with what ``mapping`` looks for in it."""
    if isinstance(mapping, m.Constant | m.Rendered):
        return node
    if isinstance(mapping, m.At):
        sample = mapping.sample
        if mapping.path.rest and isinstance(sample, list):
            # The path makes the list: what it finds are the items.
            sample = sample[0] if sample else "text"
        return _put(node, mapping.path.segments, lambda old: _either(old, sample))
    if isinstance(mapping, m.Members):
        members = [member for _, member in mapping.members]

        def fill_all(old: m.JsonValue) -> m.JsonValue:
            for member in members:
                old = _fill(old, member)
            return _either(old, {})

        return _put(node, mapping.base.segments, fill_all)
    item = mapping.item
    if mapping.path.rest:
        return _put(node, mapping.path.segments, lambda old: _entry(old, item))
    return _put(
        node,
        mapping.path.segments,
        lambda old: (
            [_entry(entry, item) for entry in old or [None]]
            if old is None or isinstance(old, list)
            else old
        ),
    )


def _entry(old: m.JsonValue, item: m.Mapping | None) -> m.JsonValue:
    return _either(old if item is None else _fill(old, item), "text")


def _either(old: m.JsonValue, new: m.JsonValue) -> m.JsonValue:
    return new if old is None else old


def _put(
    node: m.JsonValue, segments: tuple[m.Segment, ...], leaf: _Leaf
) -> m.JsonValue:
    """``node`` with ``leaf`` applied where ``segments`` lead; what contradicts it stays."""
    if not segments:
        return leaf(node)
    rest = segments[1:]
    selector = segments[0].selectors[0]
    if isinstance(selector, m.Name):
        if node is not None and not isinstance(node, dict):
            return node
        members = dict(node or {})
        members[selector.name] = _put(members.get(selector.name), rest, leaf)
        return members
    if isinstance(selector, m.Wildcard) and isinstance(node, dict):
        return {name: _put(child, rest, leaf) for name, child in node.items()}
    if node is not None and not isinstance(node, list):
        return node
    items = list(node or [])
    index = 0
    if isinstance(selector, m.Index):
        index = selector.index
    elif isinstance(selector, m.Slice) and (selector.step or 1) > 0:
        index = selector.start or 0
    if not -_LONGEST <= index < _LONGEST:
        return node
    while len(items) < (index + 1 if index >= 0 else -index):
        items.append(_put(None, rest, leaf))
    items[index] = _put(items[index], rest, leaf)
    if isinstance(selector, m.Filter):
        items[index] = _passing(items[index], selector.test)
    return items


def _passing(node: m.JsonValue, test: m.Test) -> m.JsonValue:
    """``node`` so that it passes the simple parts of ``test``."""
    if isinstance(test, m.Every):
        for part in test.tests:
            node = _passing(node, part)
        return node
    if isinstance(test, m.Some):
        return _passing(node, test.tests[0])
    if isinstance(test, m.Exists):
        return _put_query(node, test.query, "text", force=False)
    if isinstance(test, m.Compare):
        query, value = test.left, test.right
        if isinstance(query, m.Query) and isinstance(value, m.Value):
            shift = {"<": -1, ">": 1}.get(test.operator, 0)
            wanted: m.JsonValue = value.value
            if isinstance(wanted, int | float) and not isinstance(wanted, bool):
                wanted = wanted + shift
            if test.operator != "!=":
                return _put_query(node, query, wanted, force=True)
    return node


def _put_query(
    node: m.JsonValue, query: m.Query, value: m.JsonValue, *, force: bool
) -> m.JsonValue:
    if query.absolute:
        return node
    segments = tuple(
        m.Segment((m.Name(step) if isinstance(step, str) else m.Index(step),))
        for step in query.steps
    )
    return _put(node, segments, lambda old: value if force else _either(old, value))
