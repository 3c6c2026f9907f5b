"""Which escape makes a value safe at its place in a text: decided by what stands before it.

Texts come as tuples with None for each value; so do the escapes, with "" for each constant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_JSON = re.compile(r'"(?:[^"\\]|\\.)*("|$)', re.DOTALL)
#: A string, an IRI or a comment (SPARQL 1.1, section 19.8), complete or cut off by the value.
_SPARQL = re.compile(
    r'"(?:[^"\\\n]|\\.)*(?:"|$)'
    r"|'(?:[^'\\\n]|\\.)*(?:'|$)"
    r"|<[^<>\"{}|^`\\\s]*(?:>|$)"
    r"|#[^\n]*",
    re.DOTALL,
)
#: Stands for a value: a character that ends nothing and begins nothing.
_VALUE = "\ue000"


def in_json(parts: Sequence[str | None]) -> tuple[str, ...]:
    """Inside of a string a value is the string's content, elsewhere a value of its own."""
    return tuple(
        "" if part is not None else _json(_before(parts, index))
        for index, part in enumerate(parts)
    )


def _json(before: str) -> str:
    found = list(_JSON.finditer(before))
    last = found[-1] if found else None
    inside = last is not None and last.end() == len(before) and not last.group(1)
    return "json_escaped" if inside else "json_written"


def in_sparql(parts: Sequence[str | None]) -> tuple[tuple[str, ...], str]:
    """The escapes, and where a value stands for which there is none ("" when there is no such)."""
    found: list[str] = []
    problem = ""
    whole = "".join(part or "" for part in parts)
    if '"""' in whole or "'''" in whole:
        problem = "beside a long string"
    for index, part in enumerate(parts):
        if part is not None:
            found.append("")
            continue
        opening = _sparql(_before(parts, index))
        found.append("iri_escaped" if opening == "<" else "sparql_escaped")
        if opening == "#":
            problem = "in a comment"
        elif not opening:
            problem = problem or "outside of strings and IRIs"
    return tuple(found), problem


def _sparql(before: str) -> str:
    """What the text before a value has opened: a quote, ``<``, ``#``, or nothing."""
    for token in _SPARQL.finditer(before):
        text = token.group()
        if token.end() < len(before):
            continue
        if text[0] == "#":
            return "#"
        closing = {"<": ">"}.get(text[0], text[0])
        if len(text) == 1 or text[-1] != closing or _escaped_end(text):
            return text[0]
    return ""


def _escaped_end(text: str) -> bool:
    return text[0] != "<" and (len(text[:-1]) - len(text[:-1].rstrip("\\"))) % 2 == 1


def _before(parts: Sequence[str | None], index: int) -> str:
    return "".join(_VALUE if part is None else part for part in parts[:index])
