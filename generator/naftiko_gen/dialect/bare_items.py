"""W173: the items of a mapped list say nothing but their type."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import adapters, exposed_units, functions, outputs
from .rule import Finding, Rule, having

_WHOLE = "$."


def _find(source: Source) -> Iterator[Finding]:
    units = [
        unit for adapter in adapters(source.data) for unit in exposed_units(adapter)
    ]
    for unit in (*units, *functions(source.data)):
        if "call" not in unit[1]:
            continue
        for path, node in outputs(unit):
            if path[-1] == "items" and node.keys() == {"type"}:
                yield Finding(
                    (*path, "type"),
                    "items without a `mapping`: each is returned as it is",
                    edits=(having(path, "mapping", _WHOLE, "type"),),
                )


RULE = Rule(
    "W173",
    _find,
    """\
capability:
  exposes:
    - type: mcp
      tools:
        - call: shop.list
          outputParameters: [{type: array, mapping: $.data, items: {type: object}}]
""",
    """\
capability:
  exposes:
    - type: mcp
      tools:
        - call: shop.list
          outputParameters:
            - {type: array, mapping: $.data, items: {type: object, mapping: $.}}
""",
)
