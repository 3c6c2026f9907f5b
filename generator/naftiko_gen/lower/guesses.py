"""What a build has to guess, for people who want no guess: with ``--strict`` alone."""

from __future__ import annotations

from collections.abc import Collection

from . import placeholders
from .levels import merged
from .node import Node
from .payloads import passes_body

_SENDING = ("POST", "PUT", "PATCH")


def note_guesses(capability: Node, called: Collection[tuple[str, str]]) -> None:
    """Report W208 and W209 for operations that are ``called``, by namespace and name."""
    for block in capability.items("consumes"):
        known: dict[str, Node] = {}
        for resource in block.items("resources"):
            for operation in resource.items("operations"):
                names = block.text("namespace"), operation.text("name")
                if names not in called:
                    continue
                items = merged((block, resource, operation))
                _note_body(operation, items)
                _note_twin(resource, operation, items, known)


def _note_body(operation: Node, items: list[Node]) -> None:
    described = operation.has("requestBody") or (
        operation.has("body") and not passes_body(operation)
    )
    described = described or any(item.text("in", "body") == "body" for item in items)
    if operation.text("method", "GET") in _SENDING and not described:
        operation.error(
            "W208",
            f"nothing says what the body of `{operation.text('name')}` is: callers send any",
            at="name",
            hint="write `body`, or parameters with `in: body`",
        )


def _note_twin(
    resource: Node, operation: Node, items: list[Node], known: dict[str, Node]
) -> None:
    sent = sorted(
        f"{item.text('in', 'body')} {item.text('name')} {item.child('value').value}"
        for item in items
        if item.text("in") != "path"
    )
    method = operation.text("method", "GET")
    path = placeholders.shape(resource.text("path"))
    request = repr((method, path, sent, operation.child("body").value))
    twin = known.setdefault(request, operation)
    if twin is not operation:
        operation.error(
            "W209",
            f"`{operation.text('name')}` sends the same request as `{twin.text('name')}` at "
            f"line {twin.span().start.line}: it cannot be right for both",
            at="name",
            hint="a part of one path has probably been lost: write it",
        )
