"""Paths with placeholders: ``/a/{id}/b`` and the double-braced ``/a/{{id}}/b``."""

from __future__ import annotations

import re
from urllib.parse import quote

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}|\{([^{}]+)\}")

#: What may stand unescaped in a path (RFC 3986, section 3.3), without the quote, which nobody misses, and with "%",
#: because the author may have escaped already.
_SAFE = "/:@!$&()*+,;=-._~%"


def split(path: str) -> tuple[tuple[str, bool], ...]:
    """The pieces of ``path``: (text, False) percent-encoded for the wire, (name, True) a placeholder."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _PLACEHOLDER.finditer(path):
        if found.start() > end:
            pieces.append((quote(path[end : found.start()], safe=_SAFE), False))
        pieces.append((found.group(1) or found.group(2), True))
        end = found.end()
    if end < len(path) or not pieces:
        pieces.append((quote(path[end:], safe=_SAFE), False))
    return tuple(pieces)


def without(path: str) -> str:
    """``path`` as written, with an ``x`` for each placeholder."""
    return _PLACEHOLDER.sub("x", path)


def names(path: str) -> tuple[str, ...]:
    """The names of the placeholders of ``path``, in order."""
    return tuple(text for text, placeholder in split(path) if placeholder)


def shape(path: str) -> str:
    """``path`` with every placeholder alike: two routes with one shape cannot be told apart."""
    return "".join("{}" if placeholder else text for text, placeholder in split(path))
