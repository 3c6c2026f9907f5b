"""W103: an object or list output has a mapping and no shape of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import NodePath, Source

from .places import (
    JsonObject,
    Place,
    adapters,
    count_of,
    exposed_units,
    functions,
    name_in,
    outputs,
)
from .rule import Finding, Rule
from .written import is_written

_SHAPE = {"object": "properties", "array": "items"}


def _find(source: Source) -> Iterator[Finding]:
    yield from _note(source, functions(source.data), "the aggregates")
    for adapter in adapters(source.data):
        yield from _note(source, exposed_units(adapter), name_in(adapter[1]))


def _note(source: Source, units: Iterable[Place], owner: str) -> Iterator[Finding]:
    starts = line_starts(source.text)
    # One note for each adapter: what one output lacks, its neighbours lack as well.
    bare: list[NodePath] = []
    for unit in units:
        for path, node in outputs(unit):
            if is_bare(node) and is_written(source, starts, (*path, "mapping")):
                bare.append(path)
    if bare:
        yield Finding(
            (*bare[0], "mapping"),
            f"{count_of(len(bare), 'output')} of {owner} with `mapping` alone: the "
            "mapped node itself is returned",
        )


def is_bare(node: JsonObject) -> bool:
    kind = node.get("type")
    shape = _SHAPE.get(kind) if isinstance(kind, str) else None
    return shape is not None and "mapping" in node and shape not in node


RULE = Rule(
    "W103",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      resources: [{operations: [{name: list, method: GET}]}]
  exposes:
    - type: mcp
      namespace: shop-mcp
      tools:
        - name: list-orders
          description: The orders.
          call: shop.list
          outputParameters: [{type: object, mapping: $.}]
        - name: newest-order
          description: The newest order.
          call: shop.list
          outputParameters: [{type: object, mapping: '$[0]'}]
""",
)
