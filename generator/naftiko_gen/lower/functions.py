"""``ref``: the functions of aggregates that routes and tools run."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.diagnostics import closest

from .consumes import Consumed
from .node import Node


def function_name(node: Node) -> str:
    """The name that a unit inherits of the function that it refers to."""
    return node.text("ref").partition(".")[2]


def referenced(node: Node, consumed: Consumed) -> ir.Flow | None:
    """The function that ``ref`` names; None after reporting that there is none."""
    name = node.text("ref")
    known = consumed.aggregates
    if name in known:
        # None: what is wrong with it has been reported where it stands.
        return known[name]
    if "." not in name:
        return None
    near = closest(name, known)
    node.error(
        "E233",
        f"no aggregate has the function `{name}`",
        at="ref",
        hint=(
            f"did you mean `{near}`?"
            if near
            else f"known: {', '.join(known) or 'none is declared'}"
        ),
    )
    return None
