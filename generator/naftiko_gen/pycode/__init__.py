"""Python source text: the only place outside the templates where it is made.

What these functions print is the shape that black (default settings) leaves alone.
"""

from .code import Code, annotation, code, dotted, formatted, ident, joined, url
from .docs import comment, docstring
from .layout import (
    Call,
    Parameter,
    Value,
    assign,
    call,
    from_import,
    literal,
    signature,
    statement,
)
from .strings import LINE_LENGTH

__all__ = [
    "LINE_LENGTH",
    "Call",
    "Code",
    "Parameter",
    "Value",
    "annotation",
    "assign",
    "call",
    "code",
    "comment",
    "docstring",
    "dotted",
    "formatted",
    "from_import",
    "ident",
    "joined",
    "literal",
    "signature",
    "statement",
    "url",
]
