"""W144: a tool or an input has no description."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import (
    JsonObject,
    Place,
    adapters,
    called,
    consumed_inputs,
    consumes_blocks,
    count_of,
    entries,
    exposed_units,
    name_in,
    text_of,
)
from .rule import Edit, Finding, Rule, having


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    operations = called(data)
    tools: dict[tuple[str, str], str] = {}
    documented: dict[str, str] = {}
    for block in consumes_blocks(data):
        for _, item in consumed_inputs(block):
            documented.setdefault(text_of(item, "name"), text_of(item, "description"))
    for adapter in adapters(data):
        edits: list[Edit] = []
        namespace = text_of(adapter[1], "namespace")
        for holder in exposed_units(adapter):
            for path, item in entries(holder, "inputParameters"):
                if not text_of(item, "description") and text_of(item, "name"):
                    said = documented.get(text_of(item, "name")) or _spoken(item)
                    edits.append(having(path, "description", said, "name"))
        for path, tool in entries(adapter, "tools"):
            said = text_of(tool, "description")
            if not said and "ref" not in tool and text_of(tool, "name"):
                said = _of_operation(operations.get(text_of(tool, "call"))) or _spoken(
                    tool
                )
                edits.append(having(path, "description", said, "name"))
            tools[namespace, text_of(tool, "name")] = said
        for skill in entries(adapter, "skills"):
            for path, tool in entries(skill, "tools"):
                if text_of(tool, "description") or not text_of(tool, "name"):
                    continue
                origin = tool.get("from")
                key = ("", "")
                if isinstance(origin, dict):
                    key = (
                        text_of(origin, "sourceNamespace"),
                        text_of(origin, "action"),
                    )
                edits.append(
                    having(path, "description", tools.get(key) or _spoken(tool), "name")
                )
        if edits:
            yield Finding(
                (*edits[0].path, "name"),
                f"{count_of(len(edits), 'tool or input', 'tools or inputs')} of "
                f"{name_in(adapter[1])} without `description`: that of the upstream, or "
                "the name",
                "say what it is for: it is all that an agent reads",
                edits=tuple(edits),
            )


def _of_operation(operation: Place | None) -> str:
    if operation is None:
        return ""
    node = operation[1]
    return text_of(node, "description") or text_of(node, "label")


def _spoken(node: JsonObject) -> str:
    name = text_of(node, "name").replace("-", " ").replace("_", " ").strip()
    return f"{name[:1].upper()}{name[1:]}." if name else "-"


RULE = Rule(
    "W144",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      resources: [{operations: [{name: list, description: All open orders.}]}]
  exposes:
    - {type: mcp, tools: [{name: list-orders, call: shop.list}]}
""",
    """\
capability:
  consumes:
    - namespace: shop
      resources: [{operations: [{name: list, description: All open orders.}]}]
  exposes:
    - type: mcp
      tools: [{name: list-orders, call: shop.list, description: All open orders.}]
""",
)
