"""URIs that a template makes: which values stand in one (RFC 6570, level 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

# Headers, of which one repeats the URI, are not longer than twice that.
MAX_URI = 4096

_ESCAPES = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")


def match(
    literals: Sequence[str], variables: Sequence[str], uri: str
) -> dict[str, str] | None:
    """The values of the variables, percent-decoded; None for a URI that the template does not make.

    `literals` are the texts around the variables, of which there is one less. A value
    is not empty and holds no slash; where several divisions are possible, values on
    the left are as long as can be. It takes linear time for each variable.
    """
    first, last = literals[0], literals[-1]
    if not variables:
        return {} if uri == first else None
    start, end = len(first), len(uri) - len(last)
    if len(uri) > MAX_URI or not uri.startswith(first) or not uri.endswith(last):
        return None
    values: dict[str, str] = {}
    for index in range(len(variables) - 1, -1, -1):
        at = start
        if index:
            # The literal before the value: as far to the right as leaves a value.
            literal = literals[index]
            found = uri.rfind(literal, start, max(end - 1, start))
            if found < 0:
                return None
            at = found + len(literal)
        value = _decoded(uri[at:end]) if at < end else None
        if value is None:
            return None
        values[variables[index]] = value
        end = at - len(literals[index]) if index else start
    return dict(reversed(values.items()))


def _decoded(text: str) -> str | None:
    """The value that a client has put in; None for what no template makes of one."""
    if "/" in text or not _ESCAPES.fullmatch(text):
        return None
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return None
