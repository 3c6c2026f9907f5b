"""What an operation sends and gets, as far as it is JSON."""

from __future__ import annotations

from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.lower.node import Node

from .model import Answer, Body
from .parameters import Skip
from .references import listed, resolved
from .samples import sample, types
from .schemas import Inliner

_JSON = "application/json"
_ANY = ("*/*", "application/*")
#: Nothing but these in a schema: any object is fine.
_PLAIN = frozenset(("type", "title", "description", "examples", "default"))


def _essence(media: str) -> str:
    return media.partition(";")[0].strip().lower()


def _is_json(media: str) -> bool:
    return media == _JSON or media.endswith("+json") or media in _ANY


def read_body(
    node: Node, method: str, parameters: list[Node], inliner: Inliner, *, old: bool
) -> Body | None:
    """The body of the operation ``node``. Raises Skip when it needs one that cannot be sent."""
    found = _old_body(node, parameters) if old else _new_body(node)
    if found is None:
        return None
    holder, schema, reason = found
    required = holder.flag("required") is True
    read: JsonObject | None = None
    if method == "GET":
        reason = "a body in a GET request"
    elif not reason and schema is not None:
        read = inliner.schema(schema, sent=True)
        reason = "" if _is_object(read) else "a body that is no object"
    if reason and required:
        raise Skip(f"it needs {reason}")
    if reason:
        holder.error("W507", f"the body is left out: it is {reason}")
        return None
    text = holder.text("description")
    if read is None or not set(read) - _PLAIN:
        about = read.get("description") if read else ""
        return Body(None, required, text or (about if isinstance(about, str) else ""))
    return Body({**read, "type": "object"}, required, text)


def _is_object(schema: JsonObject) -> bool:
    kinds = types(schema)
    if kinds:
        return "object" in kinds
    variants = schema.get("anyOf")
    if isinstance(variants, list):
        return all(isinstance(v, dict) and _is_object(v) for v in variants)
    return True


def _new_body(node: Node) -> tuple[Node, Node | None, str] | None:
    if not node.has("requestBody"):
        return None
    body = resolved(node.child("requestBody"))
    content = {_essence(media): item for media, item in body.members("content")}
    for media in (_JSON, *_ANY):
        if media in content:
            item = content[media]
            return body, item.child("schema") if item.has("schema") else None, ""
    return body, None, f"a body of type {', '.join(content) or 'unknown'}"


def _old_body(
    node: Node, parameters: list[Node]
) -> tuple[Node, Node | None, str] | None:
    forms = [p for p in parameters if p.text("in") == "formData"]
    if forms:
        needed = [p for p in forms if p.flag("required") is True]
        return (needed or forms)[0], None, "a body that is a form"
    found = next((p for p in parameters if p.text("in") == "body"), None)
    if found is None:
        return None
    media = _media(node, "consumes")
    if media and not any(m in (_JSON, *_ANY) for m in media):
        return found, None, f"a body of type {', '.join(media)}"
    return found, found.child("schema") if found.has("schema") else None, ""


def _media(node: Node, key: str) -> list[str]:
    """The media types of an OpenAPI 2.0 operation, or of the document when it has none."""
    holder = (
        node if node.has(key) else Node(node.source, node.report, (), node.source.data)
    )
    return [_essence(m) for m in listed(holder.child(key)) if isinstance(m, str)]


def read_answer(node: Node, inliner: Inliner, *, old: bool) -> Answer:
    """The answer of the operation ``node``. Raises Skip when it is not JSON."""
    responses = dict(node.members("responses"))
    good = [code for code in responses if code.startswith("2")] or ["default"]
    if good[0] not in responses:
        return Answer({}, ())
    response = resolved(responses[good[0]])
    if old:
        media = _media(node, "produces")
        content: dict[str, Node] = {}
        if response.has("schema"):
            content = dict.fromkeys(media or [_JSON], response)
    else:
        content = {_essence(m): item for m, item in response.members("content")}
    if not content:
        return Answer({}, ())
    chosen = next((m for m in (_JSON, *content) if m in content and _is_json(m)), None)
    if chosen is None:
        raise Skip(f"it answers with {', '.join(content)}, not with JSON")
    item = content[chosen]
    schema = {}
    if item.has("schema"):
        schema = inliner.schema(item.child("schema"), sent=False)
    given = _given(item, chosen, old=old)
    return Answer(schema, given or ((sample(schema),) if schema else ()))


def _given(item: Node, media: str, *, old: bool) -> tuple[JsonValue, ...]:
    """The example that the document itself has."""
    if old:
        examples = item.child("examples")
        return (examples.value[media],) if examples.has(media) else ()
    if item.has("example"):
        return (item.value["example"],)
    for _, node in item.members("examples"):
        example = resolved(node)
        if example.has("value"):
            return (example.value["value"],)
    return ()
