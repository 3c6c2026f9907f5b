"""The JSON Schemas of what the program writes for other programs.

Each command with ``--format json`` has a file in ``schemas/results``; what several of them say
is in ``definitions.json`` alone. What is published holds all that it refers to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: The commands that print JSON, as ``schema --result`` calls them.
COMMANDS = (
    "build",
    "changes",
    "check",
    "diff",
    "explain",
    "explain-signing",
    "export-openapi",
    "graph",
    "import-openapi",
    "init",
    "lint",
    "normalize",
    "propose",
    "templates",
    "tools",
    "validate",
    "watch",
)
_FOLDER = Path(__file__).resolve().parent / "schemas"
_SHARED = "definitions.json#"
_DEFINITIONS = f"{_SHARED}/$defs/"


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what the command ``name`` prints."""
    return published(read(f"results/{name}"))


def read(name: str) -> dict[str, Any]:
    """A schema as it is kept: what is shared is referred to."""
    file = _FOLDER / f"{name}.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def published(kept: dict[str, Any]) -> dict[str, Any]:
    """The schema with the definitions that it refers to, so that it needs no other file."""
    shared = read("results/definitions")["$defs"]
    own = kept.get("$defs", {})
    needed: dict[str, Any] = {}
    waiting = list(_references(kept))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = shared[name]
            waiting += _references(shared[name], "#/$defs/")
    text = json.dumps({**kept, "$defs": own}).replace(_SHARED, "#")
    found: dict[str, Any] = json.loads(text)
    found["$defs"] |= {name: needed[name] for name in sorted(needed)}
    return found


def _references(part: Any, prefix: str = _DEFINITIONS) -> Iterator[str]:
    """The names of the shared definitions that a part of a schema refers to."""
    if isinstance(part, dict):
        reference = part.get("$ref")
        if isinstance(reference, str) and reference.startswith(prefix):
            yield reference.removeprefix(prefix)
        for inner in part.values():
            yield from _references(inner, prefix)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner, prefix)
