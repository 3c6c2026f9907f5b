"""``inputParameters`` of routes and tools, held against what the upstream takes."""

from __future__ import annotations

from collections.abc import Sequence

from naftiko_gen import ir
from naftiko_gen.diagnostics import Remedy, closest
from naftiko_gen.names import alike

from .input_types import SCALARS
from .node import Node
from .wiring import Wiring

#: How much of two names is the same when one of them is a slip of the hand.
_SLIP = 0.8


def sources(
    operation: ir.Runnable, wiring: Wiring
) -> tuple[tuple[str, ir.Parameter], ...]:
    """The name of the input that feeds each upstream parameter which has no constant.

    Those that only the texts of ``with`` use come last.
    """
    return (
        *(
            (wiring.references.get(p.name, p.name), p)
            for p in operation.inputs
            if p.name not in wiring.constants
        ),
        *((p.name, p) for p in wiring.extras),
    )


def check_declared(
    nodes: Sequence[Node],
    fed_by: Sequence[tuple[str, ir.Parameter]],
    operation: ir.Runnable,
    body: str | None,
    spent: frozenset[str] = frozenset(),
) -> frozenset[int]:
    """Check that declared inputs do what they say.

    ``fed_by`` pairs the name of each input with the parameter that it feeds; ``body`` is the
    input that is the request body; ``spent`` are inputs with a fixed value that something takes.
    Gives the indices of the nodes that feed nothing.
    """
    idle = set()
    for index, node in enumerate(nodes):
        name = node.text("name")
        if name in spent:
            continue
        fed = [p for source, p in fed_by if alike(source, name)]
        if fed:
            if fed[0].type != "json":
                _check_type(node, fed[0].type)
            if node.flag("required") is False and fed[0].required:
                node.error(
                    "E213",
                    f"`{name}` may be left out, but `{operation.namespace}.{operation.name}` needs `{fed[0].name}`",
                    at="required",
                )
        elif name and name == body:
            _check_type(node, "object")
        elif name:
            idle.add(index)
    return frozenset(idle)


def note_idle(node: Node) -> None:
    """Report an input that is checked, and of which nothing is made."""
    node.error(
        "W211",
        f"the input `{node.text('name')}` feeds nothing",
        at="name",
        hint="name it in `with`, or in a template; or remove it",
    )


def idle_input(node: Node, location: str = "argument") -> ir.Input:
    """The input at ``node``, which feeds nothing: it is checked all the same."""
    kind = SCALARS.get(node.text("type"), "string")
    name = node.text("name")
    return ir.Input(
        name,
        # The schema check lets no other place through.
        location,  # type: ignore[arg-type]
        ir.Parameter(name, "", "variable", kind, False, {"type": kind}),
        node.text("description"),
        needed=location == "argument" and node.flag("required") is not False,
        pattern=node.text("pattern"),
        idle=True,
    )


def check_once(holder: Node) -> None:
    """Report names that one list of inputs declares twice."""
    lines: dict[str, int] = {}
    for item in holder.items("inputParameters"):
        name = item.text("name")
        if name and name in lines:
            item.error(
                "E219",
                f"the input `{name}` is already declared at line {lines[name]}",
                at="name",
            )
        lines.setdefault(name, item.span("name").start.line)


def check_references(node: Node, wiring: Wiring, known: Sequence[str]) -> None:
    """Report references of ``with`` that are misspellings of one of the ``known`` inputs.

    Others are inputs that nobody declared: what they feed says what they are.
    """
    references = dict(wiring.references)
    if wiring.body is not None:
        references["body"] = wiring.body
    for target, name in references.items():
        near = closest(name, known, _SLIP)
        if near is not None and not any(alike(name, other) for other in known):
            value = node.child("with").child(target)
            value.error(
                "E203",
                f"there is no input `{name}`",
                hint=f"did you mean `{near}`?",
            )


def _check_type(node: Node, wanted: str) -> None:
    written = node.text("type")
    if written and written != wanted:
        node.error(
            "W212",
            f"`{node.text('name')}` is taken as `{wanted}`, which is what it feeds",
            at="type",
            hint=f"write `type: {wanted}`; or give each place an operation of its own",
            remedy=Remedy((*node.path, "type"), wanted),
        )
