"""W104: a mapped output has a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import Source

from .places import (
    Place,
    adapters,
    count_of,
    entries,
    exposed_units,
    functions,
    name_in,
)
from .rule import Finding, Rule
from .written import is_written


def _find(source: Source) -> Iterator[Finding]:
    yield from _note(source, functions(source.data), "the aggregates")
    for adapter in adapters(source.data):
        yield from _note(source, exposed_units(adapter), name_in(adapter[1]))


def _note(source: Source, units: Iterable[Place], owner: str) -> Iterator[Finding]:
    starts = line_starts(source.text)
    named = [
        (*path, "name")
        for unit in units
        if "call" in unit[1]
        for path, node in entries(unit, "outputParameters")
        if "name" in node and is_written(source, starts, (*path, "name"))
    ]
    if named:
        yield Finding(
            named[0],
            f"{count_of(len(named), 'output')} of {owner} with `name`: several of one "
            "operation are the members of one object",
        )


RULE = Rule(
    "W104",
    _find,
    """\
capability:
  exposes:
    - type: mcp
      tools:
        - name: get-order
          description: One order.
          call: shop.get
          outputParameters:
            - name: state
              type: string
              mapping: $.state
            - name: total
              type: number
              mapping: $.total
""",
)
