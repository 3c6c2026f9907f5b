"""``call`` and ``with``: which value of a route or tool feeds which upstream parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from naftiko_gen import ir
from naftiko_gen.diagnostics import closest

from . import references
from .constants import check_constant
from .consumes import Consumed
from .fixed_inputs import fixed_values
from .node import Node
from .templates import Settings
from .with_values import Mixer


@dataclass(frozen=True, slots=True)
class Wiring:
    """What ``with`` says: references by parameter name, constants, and the name of the body's source.

    ``places`` says where a reference wants its value from, if it does: ``rest.header.x``;
    ``extras`` are inputs that only the texts among the constants use. ``spent`` are inputs
    with a fixed value that a constant is made of.
    """

    references: dict[str, str]
    constants: dict[str, ir.Fixed]
    body: str | None
    places: dict[str, str]
    extras: tuple[ir.Parameter, ...] = ()
    spent: frozenset[str] = frozenset()

    def fixed(self, runs: ir.Runnable) -> tuple[tuple[ir.Parameter, ir.Fixed], ...]:
        """The parameters of ``runs`` that ``with`` gives a value."""
        return tuple(
            (p, self.constants[p.name]) for p in runs.inputs if p.name in self.constants
        )


def called(node: Node, consumed: Consumed, what: str) -> ir.Operation | None:
    """The operation that the route or tool ``node`` (``what`` in messages) calls.

    None after reporting why it cannot be compiled.
    """
    if node.has("mappings"):
        report_stray(node)
        return None
    if not node.has("call"):
        report_empty(node, what)
        return None
    return resolve(node, consumed)


def report_stray(node: Node) -> None:
    """Report mappings where there are no steps."""
    node.report.add(
        "E331",
        "`mappings` put the results of steps together, and there are no steps here",
        node.key_span("mappings"),
        "take parts of the answer of a call in `outputParameters`, each with its `mapping`",
    )


def report_empty(node: Node, what: str) -> None:
    """Report that the unit at ``node`` says nothing that could be run."""
    if not node.flawed():
        node.error(
            "E108",
            f"{what} needs something that it can answer with",
            hint="write `call`, `steps` or `ref`, or outputs with a `value` each",
        )


def resolve(node: Node, consumed: Consumed) -> ir.Operation | None:
    """The operation that ``call`` names; a problem is reported where the call stands."""
    call = node.text("call")
    namespace, dot, name = call.rpartition(".")
    if not dot:
        return None
    operations = consumed.operations.get(namespace)
    if operations is None and not consumed.complete:
        return None
    if operations is None:
        near = closest(namespace, consumed.operations)
        node.error(
            "E201",
            f"no consumes block has the namespace `{namespace}`",
            at="call",
            hint=(
                f"did you mean `{near}.{name}`?"
                if near
                else _brings_nothing(node) or _known(consumed.operations)
            ),
        )
        return None
    operation = operations.get(name)
    if operation is None and namespace not in consumed.partial:
        near = closest(name, operations)
        node.error(
            "E202",
            f"the namespace `{namespace}` has no operation `{name}`",
            at="call",
            hint=f"did you mean `{namespace}.{near}`?" if near else _known(operations),
        )
    return operation


def _brings_nothing(node: Node) -> str | None:
    home = node.imported_from()
    if home is None:
        return None
    return f"an import does not bring the consumes of `{home}`: import them as well"


def _known(
    names: (
        dict[str, object] | dict[str, ir.Operation] | dict[str, dict[str, ir.Operation]]
    ),
) -> str:
    return f"known: {', '.join(names)}" if names else "none is declared"


def read_with(
    node: Node,
    operation: ir.Runnable,
    namespace: str,
    declared: Mapping[str, Node],
    settings: Settings,
) -> Wiring:
    """The ``with`` of an exposed operation or tool of the adapter ``namespace``.

    ``declared`` are the inputs that it declares.
    """
    prefixes = references.prefixes(namespace)
    targets = {p.name: p for p in operation.inputs}
    fixed = fixed_values(declared)
    mixer = Mixer(operation, declared, settings, prefixes, fixed)
    named: dict[str, str] = {}
    constants: dict[str, ir.Fixed] = {}
    places: dict[str, str] = {}
    body: str | None = None
    for name, value in node.members("with"):
        if name not in targets and not (name == "body" and operation.body is not None):
            known = [*targets, *(["body"] if operation.body is not None else [])]
            near = closest(name, known)
            value.report.add(
                "E203",
                f"`{operation.namespace}.{operation.name}` has no parameter `{name}`",
                node.child("with").key_span(name),
                (
                    f"did you mean `{near}`?"
                    if near
                    else f"known: {', '.join(known) or 'none'}"
                ),
            )
            continue
        reference: str | None
        mixed = mixer.mix(value, targets.get(name))
        if isinstance(mixed, ir.Text):
            constants[name] = mixed
            continue
        if mixed is not None:
            # A template that is one input is a reference to it.
            reference, places[name] = references.place(mixed)
        else:
            reference, places[name] = _reference(value, prefixes)
        if name == "body" and name not in targets:
            if reference is None:
                _not_a_body(value, prefixes)
            body = reference
        elif reference is not None:
            named[name] = reference
        elif isinstance(value.value, bool | int | float | str):
            target = targets[name]
            if target.type == "json":
                constants[name] = value.value
                continue
            text = value.value if isinstance(value.value, str) else _wire(value.value)
            constants[name] = text
            check_constant(
                node.child("with"), name, name, target.type, target.location, text
            )
    spent = set(mixer.spent)
    for target in operation.inputs:
        source = named.get(target.name, target.name)
        if target.name in constants or source not in fixed:
            continue
        constants[target.name] = fixed[source]
        spent.add(source)
        named.pop(target.name, None)
        item = declared[source]
        check_constant(
            item, "value", target.name, target.type, target.location, fixed[source]
        )
    if body in fixed or (body is None and operation.body and "body" in fixed):
        declared[body or "body"].error(
            "E218",
            "the body of a request cannot be one fixed text",
            at="value",
            hint="write it as the `body` of the consumed operation",
        )
    return Wiring(named, constants, body, places, mixer.extras(), frozenset(spent))


def _wire(value: bool | int | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _reference(value: Node, prefixes: set[str]) -> tuple[str | None, str]:
    """The name and place that the text refers to; no name when it is a constant."""
    if not isinstance(value.value, str):
        return None, ""
    found = references.split(value.value)
    if found is None:
        return None, ""
    prefix, name = found
    if prefix in prefixes:
        return references.place(name)
    near = closest(prefix, prefixes)
    if near is not None:
        value.report.add(
            "E203",
            f"`{prefix}` is not something that a value can be taken from",
            value.span(),
            f"did you mean `{near}.{name}`?",
        )
        return name, ""
    return None, ""


def _not_a_body(value: Node, prefixes: set[str]) -> None:
    value.report.add(
        "E203",
        "the request body must be a reference to what the caller sends",
        value.span(),
        "write `rest.body` in a REST adapter, `tools.body` in an MCP adapter",
    )
