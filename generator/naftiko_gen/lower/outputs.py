"""``outputParameters`` of routes and tools."""

from __future__ import annotations

from .node import Node

_ROOT = ("$", "$.")


def check_outputs(node: Node) -> None:
    """Accept what hands the upstream's document on unchanged; anything else is not compiled yet.

    ``$`` and ``$.`` both name the whole document.
    """
    outputs = node.items("outputParameters")
    if len(outputs) > 1:
        node.unsupported("outputParameters", "several output parameters")
        return
    for output in outputs:
        for key in ("properties", "items", "value", "const", "name"):
            if output.has(key):
                output.unsupported(key, f"an output parameter with `{key}`")
                return
        if output.text("mapping", "$").strip() not in _ROOT:
            output.unsupported("mapping", f"the mapping `{output.text('mapping')}`")
