"""Values that a capability fixes."""

from __future__ import annotations

import re

from naftiko_gen import ir

from .node import Node

#: How the fixed values of a type are written, and what the type is called in a message.
_FORMS = {
    "integer": re.compile(r"-?[0-9]{1,18}"),
    "number": re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?"),
    "boolean": re.compile(r"true|false"),
}
_ARTICLES = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "`true` or `false`",
}

#: What frames a request (RFC 9112) or names its target: a caller's value could make it two requests.
CLIENT_HEADERS = (
    "connection",
    "content-length",
    "expect",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
)


def check_constant(
    node: Node,
    key: str,
    name: str,
    kind: ir.Scalar,
    location: ir.Location,
    text: str,
) -> None:
    """Refuse the fixed ``text`` at ``key`` of ``node`` if the parameter ``name`` cannot take it."""
    form = _FORMS.get(kind)
    if form is not None and not form.fullmatch(text):
        problem = f"`{name}` takes {_ARTICLES[kind]}, which this value is not"
    elif location == "header" and not (text.isascii() and text.isprintable()):
        problem = f"`{name}` is a header, which holds printable ASCII characters only"
    elif location == "path" and text in ("", ".", ".."):
        problem = f"`{name}` is a part of a path, which cannot be empty, `.` or `..`"
    else:
        return
    node.error("E218", problem, at=key)
