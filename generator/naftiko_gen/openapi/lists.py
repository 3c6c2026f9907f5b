"""Lists in parameters and forms: how their items are written, and what a capability can send."""

from __future__ import annotations

from naftiko_gen.lower.node import Node

#: What stands between the items, by ``style`` (OpenAPI 3) and ``collectionFormat`` (2.0).
_BETWEEN = {
    "form": "commas",
    "simple": "commas",
    "spaceDelimited": "spaces",
    "pipeDelimited": "vertical bars",
    "csv": "commas",
    "ssv": "spaces",
    "tsv": "tabs",
    "pipes": "vertical bars",
}


def separated(node: Node, location: str) -> str:
    """What separates the items of the list at ``node``; empty when each has a field of its own.

    ``node`` is a parameter, or the encoding of a form's field.
    """
    if node.has("type") or node.has("collectionFormat"):
        return _BETWEEN.get(node.text("collectionFormat", "csv"), "")
    repeats = location in ("query", "cookie", "body")
    style = node.text("style", "form" if repeats else "simple")
    explode = node.flag("explode")
    if repeats and (explode is True or (explode is None and style == "form")):
        return ""
    return _BETWEEN.get(style, "")


def described(text: str, between: str) -> str:
    """A description that says how several values are written."""
    if text and text[-1] not in ".!?":
        text += "."
    return f"{text} Several values are separated by {between}.".strip()
