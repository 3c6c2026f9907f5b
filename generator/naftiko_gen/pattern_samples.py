"""A text that a pattern lets through, for tests that must send one."""

from __future__ import annotations

import re
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from pydantic_core import SchemaValidator, core_schema

_CATEGORIES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_WORD": "x",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": "x",
    "CATEGORY_NOT_SPACE": "x",
    "CATEGORY_NOT_WORD": "-",
}
_USUAL = "x1XA-_."


def sample(pattern: str) -> str | None:
    """A text that matches ``pattern``; None when none was found."""
    try:
        text = _of(parser.parse(pattern))
    except (re.error, RecursionError):
        return None
    matcher = SchemaValidator(core_schema.str_schema(pattern=pattern))
    found = (known for known in (text, "x") if matcher.isinstance_python(known))
    return next(found, None)


def _of(tree: Any) -> str:
    return "".join(_one(str(kind), value) for kind, value in tree)


def _one(kind: str, value: Any) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind == "NOT_LITERAL":
        return "x" if int(value) != ord("x") else "y"
    if kind == "ANY":
        return "x"
    if kind == "IN":
        return _in(value)
    if kind == "BRANCH":
        return _of(value[1][0])
    if kind == "SUBPATTERN":
        return _of(value[3])
    if kind.endswith("_REPEAT"):
        least, _, inner = value
        return _of(inner) * min(int(least), 100)
    return ""


def _in(members: Any) -> str:
    if str(members[0][0]) == "NEGATE":
        shown = (c for c in _USUAL if not any(_holds(m, c) for m in members[1:]))
        return next(shown, "")
    kind, value = members[0]
    if str(kind) == "RANGE":
        return chr(value[0])
    if str(kind) == "CATEGORY":
        return _CATEGORIES[str(value)]
    return chr(value)


def _holds(member: Any, char: str) -> bool:
    kind, value = member
    if str(kind) == "RANGE":
        return bool(value[0] <= ord(char) <= value[1])
    if str(kind) == "CATEGORY":
        return _CATEGORIES[str(value)] == char
    return bool(value == ord(char))
