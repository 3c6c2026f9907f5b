"""``outputRawFormat``: what an upstream's answers are written in."""

from __future__ import annotations

from naftiko_gen import ir

from .node import Node

_MEDIA_TYPES: dict[str, tuple[ir.FormatKind, str]] = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "psv": ("psv", "text/plain; charset=utf-8"),
    "tsv": ("tsv", "text/tab-separated-values; charset=utf-8"),
    "xml": ("xml", "application/xml"),
}


def lower_format(node: Node, errors: ir.ErrorRules | None) -> ir.Format | None:
    """The format of the answers of the operation at ``node``; None for JSON."""
    name = node.text("outputRawFormat", "json").lower()
    if node.has("outputSchema"):
        node.unsupported("outputSchema", "a schema of the raw format")
    if name == "json":
        return None
    if name not in _MEDIA_TYPES:
        node.unsupported("outputRawFormat", f"the raw format `{name}`")
        return None
    if errors is not None:
        # Rules for failures inside of answers look for a member of a JSON document.
        node.unsupported("outputRawFormat", f"in-band errors in `{name}`")
    kind, media_type = _MEDIA_TYPES[name]
    return ir.Format(kind, media_type)
