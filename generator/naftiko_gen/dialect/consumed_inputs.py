"""W101: consumed input parameters say what they are."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import Source

from .places import consumed_inputs, consumes_blocks, count_of, name_in
from .rule import Finding, Rule
from .written import is_written

KEYS = ("type", "required", "description")


def _find(source: Source) -> Iterator[Finding]:
    # One note for each block: in a document of this dialect every parameter has them.
    starts = line_starts(source.text)
    for block in consumes_blocks(source.data):
        carriers = []
        for path, node in consumed_inputs(block):
            keys = [
                key
                for key in node
                if key in KEYS and is_written(source, starts, (*path, key))
            ]
            if keys:
                carriers.append((path, keys))
        if carriers:
            path, keys = carriers[0]
            used = {key for _, found in carriers for key in found}
            listed = ", ".join(f"`{key}`" for key in KEYS if key in used)
            yield Finding(
                (*path, keys[0]),
                f"{count_of(len(carriers), 'input parameter')} of "
                f"{name_in(block[1])} with {listed}: kept, they drive typing and "
                "validation",
            )


RULE = Rule(
    "W101",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      inputParameters:
        - {name: tenant, in: query, type: integer, required: true}
""",
)
