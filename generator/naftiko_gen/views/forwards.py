"""Handlers of ``rest.py`` that pass requests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    call,
    code,
    docstring,
    dotted,
    ident,
    joined,
    signature,
)

from . import values

if TYPE_CHECKING:
    from naftiko_gen.contexts.parts import Function

_SIGNATURE = (code("request: web.Request"), code("context: Context"))
_KEYWORDS = {"query": "pairs", "header": "fields", "cookie": "cookies"}


def handler(forward: ir.Forward) -> Function:
    """The handler of all requests to one path."""
    keywords: dict[str, Value] = {}
    if forward.first is not None:
        keywords["first"] = forward.first
    if forward.trusted:
        keywords["trusted"] = forward.trusted
    fields, query = _items(forward, "header"), _items(forward, "query")
    cookies = _items(forward, "cookie")
    if cookies:
        fields.append(("Cookie", Call(code("cookies"), tuple(cookies))))
    if fields:
        keywords["headers"] = Call(code("fields"), tuple(fields))
    if query:
        keywords["query"] = Call(code("pairs"), tuple(query))
    if forward.reserved:
        keywords["reserved"] = forward.reserved
    upstream = dotted("context", forward.upstream_ident)
    return {
        "signature": signature(
            joined(code("async def "), ident(forward.ident)), _SIGNATURE, code("Reply")
        ),
        "doc": docstring(f"{forward.path}: {forward.title}"),
        "lines": [
            call(
                code("return await forward"),
                (code("request"), upstream),
                keywords,
                indent=4,
            )
        ],
    }


def helpers(forwards: Sequence[ir.Forward]) -> set[str]:
    """The helpers of ``wire`` that the handlers use."""
    fixed = [p for forward in forwards for p in forward.fixed]
    used = {_KEYWORDS[p.location] for p in fixed}
    if any(p.location == "cookie" for p in fixed):
        used.add("fields")
    return used | set(values.helpers(p.template for p in fixed if p.template))


def _items(forward: ir.Forward, location: str) -> list[Value]:
    return [(p.name, _value(p)) for p in forward.fixed if p.location == location]


def _value(parameter: ir.Parameter) -> Value | Code:
    if parameter.template is not None:
        return values.text(parameter.template, values.OF_CONTEXT)
    return parameter.constant
