"""Source text of request bodies that the capability writes."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Value, code, ident

from . import values

_NULL = code("NULL")


def body(payload: ir.Payload) -> Value:
    """The body as an expression."""
    data = payload.data
    if isinstance(data, tuple):
        return Call(code("multipart"), tuple(_part(part) for part in data))
    if payload.kind == "form" and isinstance(data, dict):
        items = tuple((name, _leaf(value)) for name, value in data.items())
        return Call(code("form"), items)
    if payload.kind == "text":
        parts = data.parts if isinstance(data, ir.Text) else ()
        pairs = zip(parts, payload.escapes, strict=True)
        arguments = tuple(_escaped(part, name) for part, name in pairs)
        return Call(code("content"), (payload.media_type, *arguments))
    return _document(data)


def _part(part: ir.Part) -> Value:
    filename = None if part.filename is None else values.text(part.filename)
    return (part.name, values.text(part.value), filename, part.media_type)


def _escaped(part: str | ir.Variable | ir.Credential, name: str) -> Value:
    value = values.part(part)
    return Call(ident(name), (value,)) if name else value


def _leaf(data: ir.Template) -> Value:
    if isinstance(data, ir.Text):
        # A leaf that is nothing but a value keeps the value's type.
        one = len(data.parts) == 1
        return values.part(data.parts[0]) if one else values.text(data)
    return _document(data)


def _document(data: ir.Template) -> Value:
    if isinstance(data, dict):
        optional = any(map(_optional, data.values()))
        if not optional:
            return {name: _leaf(value) for name, value in data.items()}
        items = tuple((n, _kept(value)) for n, value in data.items())
        return Call(code("object_of"), items)
    if isinstance(data, list):
        if not any(map(_optional, data)):
            return [_leaf(value) for value in data]
        return Call(code("list_of"), tuple(_kept(value) for value in data))
    return _leaf(data) if isinstance(data, ir.Text) else data


def _kept(data: ir.Template) -> Value:
    return _NULL if data is None else _leaf(data)


def _optional(data: ir.Template) -> bool:
    return isinstance(data, ir.Text) and data.optional


def helpers(payload: ir.Payload) -> Iterator[tuple[str, str]]:
    """The modules and helpers that the expression uses."""
    data = payload.data
    if payload.kind == "text":
        yield "payloads", "content"
        yield from (("payloads", name) for name in payload.escapes if name)
        return
    if payload.kind != "json":
        yield "payloads", payload.kind
    whole = payload.kind == "multipart"
    for text in payload.texts:
        if whole or len(text.parts) != 1:
            yield from (("wire", name) for name in values.helpers((text,)))
        elif values.needs_revealed(text):
            yield "wire", "revealed"
    if payload.kind == "json" and not isinstance(data, tuple):
        yield from (("payloads", name) for name in _containers(data))


def _containers(data: ir.Template) -> Iterator[str]:
    items = list(data.values()) if isinstance(data, dict) else data
    if not isinstance(items, list):
        return
    if any(map(_optional, items)):
        yield "object_of" if isinstance(data, dict) else "list_of"
        if None in items:
            yield "NULL"
    for item in items:
        yield from _containers(item)
