"""W167: a body or a parameter names an input in other words than a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Source

from .places import (
    adapters,
    consumed_inputs,
    consumed_operations,
    consumes_blocks,
    entries,
    member,
    text_of,
)
from .rule import Finding, Rule, replaced

_BARE = re.compile(r"\$?\{?(?:tools|rest|mcp)\.([^\s{}]+)\}?")
_TEMPLATE = re.compile(r"\{\{\s*([\w-]+)\.([^\s{}|]+)\s*\}\}")
#: What authors call what a caller gives, beside `tools` and `rest`.
_CALLERS = ("args", "arguments", "params", "parameters", "inputs", "inputParameters")


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    names = {text_of(node, "namespace") for _, node in adapters(data)} | {*_CALLERS}
    if isinstance(data, dict):
        names -= {
            text_of(bind, "namespace") for _, bind in entries(((), data), "binds")
        }
    for block in consumes_blocks(data):
        for path, item in consumed_inputs(block):
            yield from _leaves(item.get("value"), (*path, "value"), names)
        for operation in consumed_operations(block):
            for path, body in member(operation, "body"):
                yield from _leaves(body.get("data"), (*path, "data"), names)


def _leaves(value: JsonValue, path: NodePath, names: set[str]) -> Iterator[Finding]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key), names)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index), names)
    elif isinstance(value, str):
        found = _meant(value, names)
        if found != value:
            yield Finding(
                path,
                f"`{value[:60]}` names an input: read as `{found[:60]}`",
                at_key=False,
                edits=(replaced(path, found),),
            )


def _meant(text: str, names: set[str]) -> str:
    if bare := _BARE.fullmatch(text):
        return f"{{{{tools.{bare[1]}}}}}"

    def named(found: re.Match[str]) -> str:
        return f"{{{{tools.{found[2]}}}}}" if found[1] in names else found[0]

    return _TEMPLATE.sub(named, text)


RULE = Rule(
    "W167",
    _find,
    """\
consumes:
  - resources:
      - operations: [{name: add, body: {type: json, data: {item: tools.item}}}]
""",
    """\
consumes:
  - resources:
      - operations: [{name: add, body: {type: json, data: {item: '{{tools.item}}'}}}]
""",
)
