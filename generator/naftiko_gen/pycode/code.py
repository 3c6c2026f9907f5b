"""The marker of Python source text, and the smallest pieces that carry it."""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence

from .strings import quote_formatted

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_ANNOTATION = re.compile(
    rf"{_NAME}(?:\.{_NAME}|\[{_NAME}|\]*(?:, | \| ){_NAME}|\]*, \.\.\.)*\]*"
)
# RFC 3986 path and query characters that also mean themselves inside an f-string with
# double quotes: no quote, brace or backslash.
_URL_TEXT = re.compile(r"[A-Za-z0-9/_.~%:@!$&()*+,;=?-]*")
_EXPRESSION = re.compile(r"[^\"'\\{}#\n\r]+")


class Code(str):
    """Source text that is safe to emit as it is.

    Python templates print nothing else. Only ``pycode`` makes it, from checked names and from
    literals; text of a specification gets here through ``literal`` or ``docstring`` alone.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """What Jinja's autoescape takes for text that needs no escape."""
        return str.__str__(self)


def code(text: str) -> Code:
    """A piece of source text that stands as a constant in a template or in a module of ours.

    The Python template environment and a test over the generator's sources refuse any argument
    that is not a constant.
    """
    return Code(text)


def ident(name: str) -> Code:
    """``name`` as an identifier.

    Raises ValueError for what is not an ASCII identifier, and for keywords. Names outside ASCII
    are refused because Python folds some of them into others (NFKC).
    """
    if not (name.isascii() and name.isidentifier()):
        raise ValueError(f"not an identifier: {name!r}")
    if keyword.iskeyword(name) or name == "__debug__":
        raise ValueError(f"a reserved word is not an identifier: {name!r}")
    return Code(name)


def joined(*parts: Code) -> Code:
    """Source text put together: ``joined(code("async def "), ident(name))``."""
    for part in parts:
        if not isinstance(part, Code):
            raise TypeError(f"not source text: {part!r}")
    return Code("".join(parts))


def dotted(*names: str) -> Code:
    """Identifiers joined by dots: ``dotted("upstream", "send")``."""
    if not names:
        raise ValueError("a dotted name needs at least one part")
    return Code(".".join(ident(name) for name in names))


def annotation(text: str) -> Code:
    """A type in source form: names, dots, ``|``, brackets and commas; no string, no call."""
    if not _ANNOTATION.fullmatch(text) or text.count("[") != text.count("]"):
        raise ValueError(f"not a type annotation: {text!r}")
    return Code(text)


def url(parts: Sequence[str]) -> Code:
    """A string literal of a URL path; ``Code`` parts are expressions to put in between.

    Plain parts hold URL characters only (RFC 3986, already percent-encoded, no quote), expressions
    hold no quote, brace, backslash or line break. Raises ValueError for anything else.
    """
    pieces: list[str] = []
    dynamic = False
    for part in parts:
        if isinstance(part, Code):
            if not _EXPRESSION.fullmatch(part):
                raise ValueError(f"not an expression for an f-string: {part!r}")
            pieces.append("{" + part + "}")
            dynamic = True
        elif _URL_TEXT.fullmatch(part):
            pieces.append(part)
        else:
            raise ValueError(f"not URL text: {part!r}")
    return Code(f'{"f" if dynamic else ""}"{"".join(pieces)}"')


def formatted(parts: Sequence[str]) -> Code:
    """A string literal of texts with the ``Code`` parts as expressions in between.

    Texts may hold anything; expressions hold no quote, brace, backslash or line break.
    """
    for part in parts:
        if isinstance(part, Code) and not _EXPRESSION.fullmatch(part):
            raise ValueError(f"not an expression for an f-string: {part!r}")
    return Code(quote_formatted([(str(p), isinstance(p, Code)) for p in parts]))
