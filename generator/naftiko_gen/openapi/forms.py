"""Fields of forms (URL-encoded and multipart), as inputs of an operation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.lower.node import Node
from naftiko_gen.names import kebab, words

from .lists import described, separated
from .media import JSON, MULTIPART, essence
from .model import Body, Parameter
from .parameters import NAME, SCALARS, Skip, in_words, kind_of, note_dropped
from .references import listed, resolved

_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")


def old_form(nodes: list[Node], media: list[str]) -> Body:
    """The form that ``nodes`` of OpenAPI 2.0, which are in formData, make together."""
    files = any(node.text("type") == "file" for node in nodes)
    multipart = files or MULTIPART in media
    fields = []
    for node in nodes:
        name, needed = node.text("name"), node.flag("required") is True
        found = _field(name, node, node, multipart, needed)
        if found is not None:
            fields.append(found)
    return _body(fields, multipart, "")


def new_form(body: Node, item: Node, multipart: bool) -> Body:
    """The form of a request body of OpenAPI 3, whose content is ``item``."""
    encodings = item.child("encoding")
    schema = resolved(item.child("schema"))
    required = set(_required(schema))
    fields = []
    for name, written in dict(_members(schema)).items():
        node = resolved(written)
        if node.flag("readOnly"):
            continue
        encoding = encodings.child(name)
        needed = name in required
        found = _field(name, node, encoding, multipart, needed)
        if found is not None:
            fields.append(found)
    return _body(fields, multipart, body.text("description"))


def _members(schema: Node, depth: int = 0) -> Iterator[tuple[str, Node]]:
    if depth > 20:
        return
    for part in schema.items("allOf"):
        yield from _members(resolved(part), depth + 1)
    yield from schema.members("properties")


def _required(schema: Node, depth: int = 0) -> Iterator[str]:
    if depth > 20:
        return
    for part in schema.items("allOf"):
        yield from _required(resolved(part), depth + 1)
    yield from (n for n in listed(schema.child("required")) if isinstance(n, str))


def _body(fields: list[Parameter], multipart: bool, text: str) -> Body:
    names: dict[str, None] = {}
    for field in fields:
        key = " ".join(words(field.name))
        if key in names:
            raise Skip(f"its form has two fields that are called `{field.name}`")
        names[key] = None
    required = any(field.required for field in fields)
    kind = "multipart" if multipart else "form"
    return Body(None, required, text, kind, fields=tuple(fields))  # type: ignore[arg-type]


def _field(
    name: str, node: Node, encoding: Node, multipart: bool, required: bool
) -> Parameter | None:
    """One field; None after it was left out. Raises Skip when the form needs it."""
    kind, file = kind_of(node), _is_file(node)
    media = essence(encoding.text("contentType").partition(",")[0])
    if not _MEDIA_TYPE.fullmatch(media):
        media = ""
    text = node.text("description") or in_words(name)
    reason = ""
    if file:
        kind = "string"
    elif kind not in SCALARS:
        if media == JSON or (multipart and kind == "object"):
            media = JSON if multipart else ""
        elif kind == "array":
            between = separated(encoding, "body")
            inner = kind_of(node, "items")
            if between:
                kind, text = "string", described(text, between)
            elif inner in SCALARS and not _is_file(resolved(node.child("items"))):
                kind = inner
                _note_single(name, node)
            elif multipart and _is_file(resolved(node.child("items"))):
                kind, file = "string", True
                _note_single(name, node)
            else:
                reason = f"a list of type {inner}"
        else:
            reason = f"of type {kind}"
    wire, own = name, name if NAME.fullmatch(name) else kebab(name)
    if "{{" in name or not words(name):
        reason = "called something that a capability cannot spell"
    if reason and required:
        raise Skip(f"it needs the field `{name}`, {reason}")
    if reason:
        _note(node, f"`{name}` is left out: it is {reason}")
        return None
    if file:
        _note(node, f"`{name}` is sent as a text: a file of other bytes cannot be")
    else:
        note_dropped(node)
    return Parameter(own, "body", kind, text, required, wire, media, file)


def _is_file(node: Node) -> bool:
    return (
        node.text("type") == "file"
        or node.text("format") in ("binary", "base64")
        or node.has("contentMediaType")
    )


def _note_single(name: str, node: Node) -> None:
    _note(node, f"`{name}` takes one value: a field cannot be sent several times")


def _note(node: Node, message: str) -> None:
    node.report.add("W507", message, node.source.span(node.path, key=True), None)
