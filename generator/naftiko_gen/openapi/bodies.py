"""What an operation sends: a JSON document, a text, or a form."""

from __future__ import annotations

from dataclasses import replace

from naftiko_gen.ir import JsonObject
from naftiko_gen.lower.node import Node

from .forms import new_form, old_form
from .media import ANY, FORM, JSON, MULTIPART, essence, is_json, is_text, of_document
from .model import Body
from .parameters import SCALARS, Skip
from .references import resolved
from .samples import types
from .schemas import Inliner

#: Nothing but these in a schema: any object is fine.
_PLAIN = frozenset(("type", "title", "description", "examples", "default"))


def read_body(
    node: Node, method: str, parameters: list[Node], inliner: Inliner, *, old: bool
) -> Body | None:
    """The body of the operation ``node``. Raises Skip when it needs one that cannot be sent."""
    found = _old_body(node, parameters) if old else _new_body(node)
    if found is None:
        return None
    holder, media, item = found
    required = holder.flag("required") is True
    body, reason = None, ""
    if method == "GET":
        reason = "a body in a GET request"
    elif old and media in (FORM, MULTIPART):
        forms = [p for p in parameters if p.text("in") == "formData"]
        return old_form(forms, of_document(node, "consumes"))
    elif item is not None and media in (FORM, MULTIPART) and not old:
        body = new_form(holder, item, media == MULTIPART)
        reason = "" if body.fields else "a form without fields"
    elif is_json(media):
        schema = item.child("schema") if item is not None else None
        body = _json(holder, schema, media, inliner)
    elif is_text(media):
        text = holder.text("description")
        body = Body(None, required, text, "text", "string", media)
    else:
        reason = f"a body of type {media or 'unknown'}"
    if reason and required:
        raise Skip(f"it needs {reason}")
    if reason:
        holder.error("W507", f"the body is left out: it is {reason}")
        return None
    return body


def _json(holder: Node, schema: Node | None, media: str, inliner: Inliner) -> Body:
    required, text = holder.flag("required") is True, holder.text("description")
    media = "" if media == JSON or media in ANY else media
    if schema is None or not isinstance(schema.value, dict):
        return Body(None, required, text)
    read = inliner.schema(schema, sent=True)
    about = read.get("description")
    text = text or (about if isinstance(about, str) else "")
    if not _is_object(read):
        kinds = [kind for kind in types(read) if kind != "null"]
        kind = kinds[0] if len(kinds) == 1 else ""
        if kind in (*SCALARS, "array"):
            return Body(None, required, text, "value", kind, media)
        raise Skip("it needs a body of several types")
    if not set(read) - _PLAIN:
        return Body(None, required, text, media_type=media)
    described = holder.text("description")
    body = Body({**read, "type": "object"}, required, described)
    return replace(body, media_type=media)


def _is_object(schema: JsonObject) -> bool:
    kinds = types(schema)
    if kinds:
        return "object" in kinds
    variants = schema.get("anyOf")
    if isinstance(variants, list):
        return all(isinstance(v, dict) and _is_object(v) for v in variants)
    return True


def _new_body(node: Node) -> tuple[Node, str, Node | None] | None:
    if not node.has("requestBody"):
        return None
    body = resolved(node.child("requestBody"))
    content = {essence(media): item for media, item in body.members("content")}
    known = [m for m in content if is_json(m) and m not in ANY]
    texts = [m for m in content if is_text(m)]
    for media in (JSON, *known, MULTIPART, FORM, *texts, *ANY, *content):
        if media in content:
            return body, media, content[media]
    return body, "", None


def _old_body(
    node: Node, parameters: list[Node]
) -> tuple[Node, str, Node | None] | None:
    forms = [p for p in parameters if p.text("in") == "formData"]
    if forms:
        needed = [p for p in forms if p.flag("required") is True]
        return (needed or forms)[0], FORM, None
    found = next((p for p in parameters if p.text("in") == "body"), None)
    if found is None:
        return None
    media = of_document(node, "consumes") or [JSON]
    chosen = [m for m in media if is_json(m)] or [m for m in media if is_text(m)]
    return found, (chosen or media)[0], found
