"""``responses`` and ``responseBinary`` of later versions: the answers that a route promises."""

from __future__ import annotations

from naftiko_gen import ir

from .node import Node


def lower_responses(node: Node) -> ir.JsonObject:
    """The described answers of the route at ``node``, by status, as OpenAPI writes them."""
    if node.has("responseBinary"):
        one = node.child("responseBinary")
        status = one.child("status").value
        described = one.text("description") or "The upstream's answer, unchanged."
        return {
            str(status if isinstance(status, int) else 200): {
                "description": described,
                "content": {one.text("mediaType"): {"schema": _BINARY}},
            }
        }
    found: ir.JsonObject = {}
    for status, answer in node.members("responses"):
        content: ir.JsonObject = {
            kind: {"schema": _schema(media)}
            for kind, media in answer.members("content")
        }
        said = answer.text("description") or f"An answer with the status {status}."
        with_content: ir.JsonObject = {"content": content} if content else {}
        found[status] = {"description": said, **with_content}
    return found


_BINARY: ir.JsonObject = {"type": "string", "format": "binary"}


def _schema(media: Node) -> ir.JsonValue:
    schema: ir.JsonValue = media.child("schema").value
    if isinstance(schema, dict):
        return schema
    return _BINARY if media.flag("binary") else {}


def media_type(node: Node, runs: ir.Runnable) -> str:
    """What binary answers are told to be, unless the consumed operation says it itself."""
    form = runs.format if isinstance(runs, ir.Operation) else None
    if form is None or form.kind != "binary" or form.choice:
        return ""
    if node.has("responseBinary"):
        return node.child("responseBinary").text("mediaType")
    for status, answer in node.members("responses"):
        for kind, media in answer.members("content"):
            if status.startswith("2") and media.flag("binary"):
                return kind
    return ""
