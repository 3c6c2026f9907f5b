"""``steps`` and ``mappings`` of routes, tools and functions: one flow each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from naftiko_gen import ir
from naftiko_gen.diagnostics import closest
from naftiko_gen.names import kebab

from .consumes import Consumed
from .lookups import Lookup, read_lookup
from .mocks import read_mock
from .node import Node
from .scripts import Script, read_script
from .step_targets import answer_schema, lower_targets, named_steps
from .step_values import Draft, StepValues
from .wiring import Wiring, resolve


@dataclass(frozen=True, slots=True)
class Unit:
    """What has steps: a route, a tool, a function.

    ``inputs`` are its declared inputs and ``always`` the names of those that must be given.
    """

    namespace: str
    name: str
    inputs: tuple[Node, ...]
    always: frozenset[str] = frozenset()


def lower_flow(
    node: Node, consumed: Consumed, unit: Unit
) -> tuple[ir.Flow, Wiring] | None:
    """The flow of the unit at ``node``, and how its own inputs feed it."""
    declared = {item.text("name"): item for item in unit.inputs if item.text("name")}
    values = StepValues(unit.namespace, consumed.settings, declared, unit.always)
    _aliases(node, values)
    steps = _steps(node, consumed, values, unit)
    targets = lower_targets(node, values) or named_steps(node, values)
    for name in (name for name in values.aliases if name not in values.used):
        node.report.add(
            "E203",
            f"no step takes a value `{name}`",
            node.child("with").key_span(name),
            "give it to the step that needs it, in the `with` of the step",
        )
    if steps is None:
        return None
    if not targets and not any(isinstance(step, ir.CallStep) for step in steps):
        node.report.add(
            "E335",
            "these steps make no call, and nothing is taken from them for the answer",
            node.key_span("steps"),
            "write `mappings`, each with a `targetName` and a value such as `$.step`",
        )
        return None
    steps = _marked(steps, targets)
    ident, command = _names(consumed, unit)
    flow = ir.Flow(
        namespace=unit.namespace,
        name=unit.name,
        ident=ident,
        command=command,
        title=node.text("description") or node.text("label") or unit.name,
        summary="",
        inputs=values.inputs(),
        work=ir.Steps(steps, targets),
        answer=answer_schema(node, targets),
        sample=None,
    )
    wiring = Wiring({}, {}, None, values.places())
    return flow, wiring


def _names(consumed: Consumed, unit: Unit) -> tuple[str, str]:
    """The function's identifier and the command: names that no operation has."""
    for name in (unit.name, f"{unit.namespace} {unit.name}"):
        ident, clash = consumed.functions.claim(name)
        if clash is None:
            return ident, kebab(name)
    number = 2
    while True:
        name = f"{unit.namespace} {unit.name} {number}"
        ident, clash = consumed.functions.claim(name)
        if clash is None:
            return ident, kebab(name)
        number += 1


def _aliases(node: Node, values: StepValues) -> None:
    """The ``with`` of the unit itself: values that the steps know by name."""
    for name, value in node.members("with"):
        draft = values.read(
            value, ir.Parameter(name, "", "variable", "json", False, {})
        )
        if not isinstance(draft, Draft):
            draft = Draft(
                (str(draft).lower() if isinstance(draft, bool) else str(draft),)
            )
        values.aliases[name] = draft


def _steps(
    node: Node, consumed: Consumed, values: StepValues, unit: Unit
) -> tuple[ir.Step, ...] | None:
    items = node.items("steps")
    values.coming = [item.text("name") for item in items]
    lines: dict[str, int] = {}
    drafts: list[_Call | Lookup | Script | None] = []
    for item in items:
        name = item.text("name")
        if name in lines:
            item.error(
                "E282",
                f"the step `{name}` is already written at line {lines[name]}",
                at="name",
                hint="the results of two steps of one name could not be told apart",
            )
            continue
        lines[name] = item.span("name").start.line
        kind = item.text("type")
        if kind == "call":
            drafts.append(_call(item, consumed, values))
        elif kind == "lookup":
            drafts.append(read_lookup(item, values))
        elif kind == "script":
            drafts.append(read_script(item, values, consumed.scripting))
        values.coming.remove(name)
        if kind in ("call", "lookup", "script"):
            ident, clash = values.scope.claim(name)
            if clash is not None:
                ident, _ = values.scope.claim(f"{name} step")
            values.results[name] = ident
    known = [draft for draft in drafts if draft is not None]
    if len(known) != len(items) or not items:
        return None
    return tuple(draft.finish(values) for draft in known)


@dataclass(slots=True)
class _Call:
    """A call step whose inputs are not all known yet."""

    name: str
    operation: ir.Operation
    arguments: list[tuple[ir.Parameter, ir.Argument | Draft]]
    body: Draft | None
    projection: ir.Output | None

    def finish(self, values: StepValues) -> ir.CallStep:
        body = None if self.body is None else values.finish(self.body)
        call_ident, clash = values.scope.claim(f"{self.name} call")
        if clash is not None:
            call_ident, _ = values.scope.claim(f"{self.name} step call")
        return ir.CallStep(
            name=self.name,
            ident=values.results[self.name],
            call_ident=call_ident,
            operation=self.operation,
            arguments=tuple((p, values.finish(value)) for p, value in self.arguments),
            body=body if isinstance(body, ir.Given) else None,
            projection=self.projection,
        )


def _call(node: Node, consumed: Consumed, values: StepValues) -> _Call | None:
    if not node.has("call"):
        return None
    operation = resolve(node, consumed)
    if operation is None:
        return None
    targets = {p.name: p for p in operation.inputs}
    given: dict[str, ir.Argument | Draft] = {}
    body: Draft | None = None
    for name, value in node.members("with"):
        target = targets.get(name)
        whole = name == "body" and operation.body is not None and target is None
        if target is None and not whole:
            _unknown(node, name, operation)
            continue
        found = values.read(value, target)
        if target is not None:
            given[name] = found
        elif isinstance(found, Draft):
            body = found
    arguments: list[tuple[ir.Parameter, ir.Argument | Draft]] = []
    for parameter in operation.inputs:
        argument = given.get(parameter.name)
        if argument is None:
            argument = values.by_name(parameter)
        if argument is not None:
            values.feed(argument, parameter.type, parameter.required)
            arguments.append((parameter, argument))
    if operation.body is not None:
        body = body or values.whole_body(operation.body.required)
        if body is not None:
            values.feed(body, "object", operation.body.required)
    key = (operation.namespace, operation.name)
    projection = consumed.outputs.project(
        consumed.nodes[key], (f"outputs of {key[1]}", f"outputs of {' '.join(key)}")
    )
    return _Call(node.text("name"), operation, arguments, body, projection)


def _unknown(node: Node, name: str, operation: ir.Operation) -> None:
    known = [p.name for p in operation.inputs]
    known += ["body"] if operation.body is not None else []
    near = closest(name, known)
    node.report.add(
        "E203",
        f"`{operation.namespace}.{operation.name}` has no parameter `{name}`",
        node.child("with").key_span(name),
        f"did you mean `{near}`?" if near else f"known: {', '.join(known) or 'none'}",
    )


def _marked(
    steps: Sequence[ir.Step], targets: Sequence[ir.Target]
) -> tuple[ir.Step, ...]:
    """The steps, with a mark on those whose results something uses."""
    used = {target.value.step for target in targets}
    used |= {name for step in steps for name in step.needs}
    return tuple(
        replace(step, read=step.name in used) if isinstance(step, ir.CallStep) else step
        for step in steps
    )


def lower_single(
    node: Node, consumed: Consumed, unit: Unit
) -> tuple[ir.Flow, ir.CallStep] | None:
    """The flow of a unit that is one call, whose ``with`` is the call's own."""
    declared = {item.text("name"): item for item in unit.inputs if item.text("name")}
    values = StepValues(unit.namespace, consumed.settings, declared, unit.always)
    values.results[unit.name], _ = values.scope.claim(unit.name)
    draft = _call(node, consumed, values)
    if draft is None:
        return None
    step = draft.finish(values)
    ident, command = _names(consumed, unit)
    flow = ir.Flow(
        namespace=unit.namespace,
        name=unit.name,
        ident=ident,
        command=command,
        title=node.text("description") or node.text("label") or unit.name,
        summary="",
        inputs=values.inputs(),
        work=ir.Single(step),
        answer=step.operation.answer,
        sample=None,
    )
    return flow, step


def lower_mock(node: Node, consumed: Consumed, unit: Unit) -> tuple[ir.Flow, Wiring]:
    """The flow of a unit that calls nothing: its outputs carry their values."""
    declared = {item.text("name"): item for item in unit.inputs if item.text("name")}
    values = StepValues(unit.namespace, consumed.settings, declared, unit.always)
    _aliases(node, values)
    mock = read_mock(node, values)
    ident, command = _names(consumed, unit)
    flow = ir.Flow(
        namespace=unit.namespace,
        name=unit.name,
        ident=ident,
        command=command,
        title=node.text("description") or node.text("label") or unit.name,
        summary="",
        inputs=values.inputs(),
        work=ir.Mock(mock.finish(values)),
        answer=mock.schema,
        sample=None,
    )
    return flow, Wiring({}, {}, None, values.places())
