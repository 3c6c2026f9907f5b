"""``body`` of a consumed operation: what is sent, and how values are made safe in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from naftiko_gen import ir

from .escapes import in_json, in_sparql
from .node import Node
from .templates import Named, Names, Pieces, finish

_MEDIA_TYPES = {
    "text": "text/plain; charset=UTF-8",
    "xml": "application/xml; charset=UTF-8",
    "sparql": "application/sparql-query",
}
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(;[ -~]*)?")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text with placeholders."""

    pieces: Pieces


Tree: TypeAlias = (
    "None | bool | int | float | str | Leaf | list[Tree] | dict[str, Tree]"
)


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A part of a multipart form, before all inputs are known."""

    name: str
    value: Leaf
    filename: Leaf | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A body, before all inputs are known."""

    kind: ir.PayloadKind
    media_type: str
    data: Tree | tuple[DraftPart, ...]
    language: str = ""


def passes_body(node: Node) -> bool:
    """Whether the ``body`` of the operation ``node`` is just what the caller sends."""
    body = node.child("body")
    return isinstance(body.value, dict) and body.child("data").value in (None, {}, "")


def read_payload(node: Node, names: Names, content_type: str) -> Draft | None:
    """The body of the operation ``node``; ``content_type`` is what a header parameter says."""
    body = node.child("body")
    if isinstance(body.value, str):
        return raw(body, names, content_type)
    data, kind = body.child("data"), body.text("type", "json")
    if isinstance(data.value, str):
        if kind == "json":
            return _text(data, names, _JSON, "json")
        if kind == "formUrlEncoded":
            return _text(data, names, _FORM, "form")
        if kind in _MEDIA_TYPES:
            return _text(data, names, _MEDIA_TYPES[kind], kind)
    if kind == "json" and isinstance(data.value, dict | list):
        return Draft("json", _JSON, _document(data, names))
    if kind == "formUrlEncoded" and isinstance(data.value, dict):
        return Draft("form", _FORM, _document(data, names))
    if kind == "multipartForm" and isinstance(data.value, list):
        if content_type and not is_form_data(content_type):
            body.error(
                "E336",
                f"a multipart form cannot be sent as `{content_type}`",
                at="type",
                hint="remove the Content-Type parameter: the form writes its own",
            )
        parts = (data.child(index) for index in range(len(data.value)))
        found = tuple(_part(part, names) for part in parts)
        return Draft("multipart", "", found)
    if not body.flawed():
        body.unsupported("type", f"a request body of type `{kind}`")
    return None


def value_body(content_type: str) -> Draft:
    """A body that is one value of the caller: JSON, or a text of another media type."""
    pieces: Pieces = (Named("body"),)
    if content_type and not content_type.partition(";")[0].strip().endswith("json"):
        return Draft("text", content_type, Leaf(pieces), "text")
    return Draft("json", content_type or _JSON, Leaf(pieces))


def is_form_data(content_type: str) -> bool:
    """Whether a Content-Type says no more than that the body is a multipart form."""
    return content_type.partition(";")[0].strip().lower() == "multipart/form-data"


def raw(body: Node, names: Names, content_type: str) -> Draft:
    """The text ``body``; what is safe in it follows from its media type, JSON unless told."""
    media_type = content_type.partition(";")[0].strip().lower()
    language = "json"
    if media_type.endswith("xml"):
        language = "xml"
    elif media_type == _FORM:
        language = "form"
    elif media_type == "application/sparql-query":
        language = "sparql"
    elif media_type and not media_type.endswith("json"):
        language = "text"
    return _text(body, names, content_type or _JSON, language)


def _text(node: Node, names: Names, media_type: str, language: str) -> Draft:
    found = names.resolve(node, node.value)
    names.need(found)
    if language == "json":
        # Outside of its strings, JSON text takes values of any type.
        known = tuple(p if isinstance(p, str) else None for p in found)
        for piece, escape in zip(found, in_json(known), strict=True):
            if isinstance(piece, Named) and escape == "json_written":
                names.whole.add(piece.name)
    draft = Draft("text", media_type, Leaf(found), language)
    if language == "sparql":
        _check_sparql(node, found)
    return draft


def _check_sparql(node: Node, found: Pieces) -> None:
    problem = in_sparql(tuple(p if isinstance(p, str) else None for p in found))[1]
    if problem:
        node.report.add(
            "E301",
            f"a value {problem} cannot be compiled yet",
            node.span(),
            'write it inside of "quotes" or <brackets>, where it can be made safe',
        )


def _document(node: Node, names: Names) -> Tree:
    """The document at ``node``; a text that is all there is in it needs what it is made of."""
    found = _tree(node, names)
    only = found
    while isinstance(only, dict | list) and len(only) == 1:
        only = next(iter(only.values() if isinstance(only, dict) else only))
    if isinstance(only, Leaf) and len(only.pieces) > 1:
        names.need(only.pieces)
    return found


def _tree(node: Node, names: Names) -> Tree:
    value = node.value
    if isinstance(value, str):
        found = names.resolve(node, value)
        if all(isinstance(piece, str) for piece in found):
            return value
        if len(found) == 1:
            names.whole |= {piece.name for piece in found if isinstance(piece, Named)}
        return Leaf(found)
    if isinstance(value, dict):
        if any("{{" in str(key) for key in value):
            node.report.add(
                "E301",
                "a member whose name is a template cannot be compiled yet",
                node.span(),
                None,
            )
        return {str(key): _tree(node.child(key), names) for key in value}
    if isinstance(value, list):
        return [_tree(node.child(index), names) for index in range(len(value))]
    number = value if isinstance(value, bool | int | float) else None
    return number


def _part(node: Node, names: Names) -> DraftPart:
    media_type = node.text("contentType")
    if media_type and not _MEDIA_TYPE.fullmatch(media_type):
        node.error("E218", "this is no media type", at="contentType")
    filename = None
    if node.has("filename"):
        filename = Leaf(names.resolve(node.child("filename"), node.text("filename")))
    value = Leaf(names.resolve(node.child("value"), node.text("value")))
    return DraftPart(node.text("name"), value, filename, media_type)


def finish_payload(draft: Draft, inputs: Mapping[str, ir.Parameter]) -> ir.Payload:
    """The body, once all inputs are known."""
    if isinstance(draft.data, tuple):
        parts = tuple(
            ir.Part(
                part.name,
                finish(part.value.pieces, inputs),
                finish(part.filename.pieces, inputs) if part.filename else None,
                part.media_type,
            )
            for part in draft.data
        )
        return ir.Payload("multipart", "", parts)
    data = _finished(draft.data, inputs)
    if draft.kind == "text" and isinstance(data, ir.Text):
        return ir.Payload("text", draft.media_type, data, _escapes(draft, data))
    return ir.Payload(draft.kind, draft.media_type, data)


def _finished(data: Tree, inputs: Mapping[str, ir.Parameter]) -> ir.Template:
    if isinstance(data, Leaf):
        return finish(data.pieces, inputs)
    if isinstance(data, dict):
        return {name: _finished(value, inputs) for name, value in data.items()}
    if isinstance(data, list):
        return [_finished(value, inputs) for value in data]
    return data


def _escapes(draft: Draft, text: ir.Text) -> tuple[str, ...]:
    known = tuple(part if isinstance(part, str) else None for part in text.parts)
    if draft.language == "json":
        return in_json(known)
    if draft.language == "sparql":
        return in_sparql(known)[0]
    name = {"xml": "xml_escaped", "form": "form_escaped"}.get(draft.language, "")
    return tuple("" if part is not None else name for part in known)
