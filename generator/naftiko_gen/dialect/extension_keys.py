"""W202: a spec carries keys of ours that belong into an overlay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import Source

from .places import Place, adapters, consumed_operations, consumes_blocks, entries
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
TOOL_KEYS = ("tags",)


def _find(source: Source) -> Iterator[Finding]:
    yield from _find_later(source)
    for adapter in adapters(source.data, "mcp"):
        yield from _note(source, entries(adapter, "tools"), TOOL_KEYS)


def _find_later(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        yield from _note(source, [block], BLOCK_KEYS)
        yield from _note(source, consumed_operations(block), OPERATION_KEYS)


def _note(
    source: Source, places: Iterable[Place], keys: tuple[str, ...]
) -> Iterator[Finding]:
    starts = line_starts(source.text)
    for path, node in places:
        for key in node:
            if key in keys and is_written(source, starts, (*path, key)):
                yield Finding(
                    (*path, key),
                    f"extension key `{key}`: validators of the official format reject it",
                    hint="an overlay file beside the spec can say the same",
                )


RULE = Rule(
    "W202",
    _find,
    """\
consumes:
  - {namespace: shop, baseUri: 'https://shop.example', limits: {perSecond: 5}}
""",
)

#: Later versions have tags of tools.
LATER = Rule("W202", _find_later)
