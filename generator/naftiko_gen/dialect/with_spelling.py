"""W148: `with` spells an upstream parameter in another way."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.names import plain
from naftiko_gen.source import Source

from .operations import Known
from .places import callers, member
from .rule import Finding, Rule, renamed


def _find(source: Source) -> Iterator[Finding]:
    known = Known(source.data)
    for place in callers(source.data):
        names = known.inputs(place[1])
        if names is None:
            continue
        for path, given in member(place, "with"):
            for key in given:
                alike = [n for n in names if plain(n) == plain(key) and plain(n)]
                if key in names or len(alike) != 1 or alike[0] in given:
                    continue
                yield Finding(
                    (*path, key),
                    f"the upstream has no parameter `{key}`: `{alike[0]}` is meant",
                    edits=(renamed(path, key, alike[0]),),
                )


RULE = Rule(
    "W148",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      resources:
        - operations: [{name: list, inputParameters: [{name: page_size, in: query}]}]
  exposes:
    - {type: mcp, tools: [{call: shop.list, with: {pageSize: tools.size}}]}
""",
    """\
capability:
  consumes:
    - namespace: shop
      resources:
        - operations: [{name: list, inputParameters: [{name: page_size, in: query}]}]
  exposes:
    - {type: mcp, tools: [{call: shop.list, with: {page_size: tools.size}}]}
""",
)
