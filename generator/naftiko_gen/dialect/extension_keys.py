"""W202: a spec carries keys of ours that belong into an overlay."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import NodePath, Source

from .places import consumed_operations, consumes_blocks
from .rule import Finding, Rule
from .written import is_written

BLOCK_KEYS = ("signing", "errors", "limits")
OPERATION_KEYS = (
    "summary",
    "signing",
    "cost",
    "permission",
    "requestBody",
    "result",
    "sample",
)


def _find(source: Source) -> Iterator[Finding]:
    starts = line_starts(source.text)
    for path, key in _carried(source):
        if is_written(source, starts, (*path, key)):
            yield Finding(
                (*path, key),
                f"extension key `{key}`: validators of the official format reject it",
                hint="an overlay file beside the spec can say the same",
            )


def _carried(source: Source) -> Iterator[tuple[NodePath, str]]:
    for block in consumes_blocks(source.data):
        for path, node, keys in (
            (*block, BLOCK_KEYS),
            *((*operation, OPERATION_KEYS) for operation in consumed_operations(block)),
        ):
            yield from ((path, key) for key in node if key in keys)


RULE = Rule(
    "W202",
    _find,
    """\
consumes:
  - {namespace: shop, baseUri: 'https://shop.example', limits: {perSecond: 5}}
""",
)
