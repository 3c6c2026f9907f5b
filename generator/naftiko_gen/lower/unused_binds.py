"""Binds that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen import ir
from naftiko_gen.diagnostics import Remedy
from naftiko_gen.names import constant
from naftiko_gen.source import JsonValue

from .binds import Binds
from .node import Node

_WORD = re.compile(r"[A-Za-z0-9_]+")
_ADDRESS = re.compile(r"(?:^|_)(?:URL|URI|HOST|ENDPOINT|DOMAIN|SERVER)(?:_|$)")


def note_unused(root: Node, binds: Binds, upstreams: tuple[ir.Upstream, ...]) -> None:
    """Report the variables of ``binds`` that nothing in the document and no signature needs."""
    unused = [*_unused(root, {*_words(root.value), *binds.asked})]
    # The variables of a signature may be those of its scheme.
    needed = set(_WORD.findall(repr([u.signing for u in upstreams]))) if unused else ()
    for keys, name in unused:
        if keys.text(name) not in needed:
            hint = "remove it"
            if _ADDRESS.search(name) and len(upstreams) == 1:
                setting = f"{constant(upstreams[0].namespace)}_BASE_URI"
                hint += f"; to use another address, set `{setting}`"
            keys.report.add(
                "W215",
                f"nothing uses the bind `{name}`",
                keys.key_span(name),
                hint,
                remedy=Remedy((*keys.path, name)),
            )


def _unused(root: Node, words: set[str]) -> Iterator[tuple[Node, str]]:
    for holder in (root, root.child("capability")):
        for bind in holder.items("binds"):
            # What is in a file is there for others, too.
            if bind.has("location") or bind.has("import"):
                continue
            keys = bind.child("keys")
            for name, variable in bind.members("keys"):
                if not {name, variable.value} & words:
                    yield keys, name


def _words(value: JsonValue) -> Iterator[str]:
    """The words of all texts but those of binds."""
    if isinstance(value, str):
        yield from _WORD.findall(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "binds":
                yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
