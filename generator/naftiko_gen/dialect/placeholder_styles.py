"""W168: a placeholder of a path is written as other frameworks write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from naftiko_gen.source import Source

from .places import Place, adapters, consumes_blocks, entries, text_of
from .rule import Finding, Rule, replaced

_STYLES = re.compile(
    r"(?<=/):([A-Za-z_][\w-]*)|<(?:\w+:)?([A-Za-z_][\w-]*)>|\$\{([\w.-]+)\}"
)


def _find(source: Source) -> Iterator[Finding]:
    for block in (*consumes_blocks(source.data), *adapters(source.data, "rest")):
        for resource in entries(block, "resources"):
            operations = entries(resource, "operations")
            names = _names((block, resource, *operations))
            for path, node in (resource, *operations):
                written = text_of(node, "path")
                meant = _STYLES.sub(partial(_known, names), written)
                if meant != written:
                    yield Finding(
                        (*path, "path"),
                        f"`{written}` has placeholders of another style: read as `{meant}`",
                        at_key=False,
                        edits=(replaced((*path, "path"), meant),),
                    )


def _known(names: set[str], found: re.Match[str]) -> str:
    name = found[1] or found[2] or found[3]
    # A colon may begin a verb, as in `/:listScripts`: a parameter has to say that it is none.
    return f"{{{name}}}" if name in names or not found[1] else found[0]


def _names(holders: tuple[Place, ...]) -> set[str]:
    return {
        text_of(item, "name")
        for holder in holders
        for _, item in entries(holder, "inputParameters")
        if item.get("in", "path") == "path"
    }


RULE = Rule(
    "W168",
    _find,
    """\
consumes:
  - resources:
      - path: /orders/:id
        operations: [{name: get, inputParameters: [{name: id, in: path}]}]
""",
    """\
consumes:
  - resources:
      - path: /orders/{id}
        operations: [{name: get, inputParameters: [{name: id, in: path}]}]
""",
)
