"""References to inputs: ``rest.limit``, ``tools.limit``, ``rest.header.X-Limit``."""

from __future__ import annotations

import re

from .node import Node

_REFERENCE = re.compile(r"([A-Za-z][A-Za-z0-9-]*)\.(.+)", re.DOTALL)
_PLACES = ("query", "path", "body", "header", "cookie")


def split(text: str) -> tuple[str, str] | None:
    """What stands before and behind the first dot; None when ``text`` cannot be a reference."""
    found = _REFERENCE.fullmatch(text.strip())
    return None if found is None else (found.group(1), found.group(2))


def prefixes(namespace: str) -> set[str]:
    """What references start with in the adapter ``namespace``."""
    return {"rest", "tools", "mcp", "input", namespace}


def place(name: str) -> tuple[str, str]:
    """The name of an input, and where the reference wants it from ("" when it does not say)."""
    where, dot, rest = name.partition(".")
    return (rest, where) if dot and where in _PLACES else (name, "")


def reference_of(value: Node, namespace: str) -> str | None:
    """The input that a value of ``with`` refers to in the adapter ``namespace``; None for a constant."""
    found = split(value.value) if isinstance(value.value, str) else None
    if found is None or found[0] not in prefixes(namespace):
        return None
    return place(found[1])[0]
