"""W180: an input of a tool does not say whether it is required."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.names import alike
from naftiko_gen.source import NodePath, Source

from .operations import Known
from .places import JsonObject, adapters, count_of, entries, name_in, text_of
from .rule import Finding, Rule, having

#: What says more of a consumed parameter than the format lets it.
_TOLD = ("type", "required", "description")
_REFERENCE = re.compile(r"[^.]+\.(?:(?:query|path|body|header|cookie)\.)?(.+)")


def _find(source: Source) -> Iterator[Finding]:
    known = Known(source.data)
    for adapter in adapters(source.data, "mcp"):
        inputs = [
            (tool[1], path, item)
            for tool in entries(adapter, "tools")
            for path, item in entries(tool, "inputParameters")
        ]
        if any(item.get("required") is False for _, _, item in inputs):
            continue  # Who says what may be left out means the format's default elsewhere.
        found: list[NodePath] = []
        for tool, path, item in inputs:
            if "required" not in item and "value" not in item:
                fed = _fed(tool, text_of(item, "name"), known)
                if fed and all(map(_may_be_left_out, fed)):
                    found.append(path)
        if found:
            yield Finding(
                (*found[0], "name"),
                f"{count_of(len(found), 'input')} of {name_in(adapter[1])} without "
                "`required`: the upstream can do without, so that callers can",
                "write `required: false`; or `required: true`, if agents have to give it",
                at_key=False,
                edits=tuple(having(path, "required", False, "name") for path in found),
            )


def _fed(tool: JsonObject, name: str, known: Known) -> list[JsonObject]:
    """The parameters that an input feeds; none if it feeds something else as well."""
    given = tool.get("with")
    says = given if isinstance(given, dict) else {}
    targets = [key for key, value in says.items() if _referred(value) == name]
    if not targets and not any(alike(key, name) for key in says):
        targets = [name]
    declared = known.declared(tool)
    found = [[p for p in declared if alike(text_of(p, "name"), t)] for t in targets]
    return [p for some in found for p in some] if all(found) else []


def _referred(value: object) -> str:
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return "" if found is None else found[1]


def _may_be_left_out(parameter: JsonObject) -> bool:
    told = any(key in parameter for key in _TOLD)
    return told and not parameter.get("required") and parameter.get("in") != "path"


RULE = Rule(
    "W180",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      resources:
        - path: /orders
          operations:
            - name: list
              inputParameters: [{name: state, in: query, type: string}]
  exposes:
    - type: mcp
      tools:
        - {call: shop.list, inputParameters: [{name: state, type: string}]}
""",
    """\
capability:
  consumes:
    - namespace: shop
      resources:
        - path: /orders
          operations:
            - name: list
              inputParameters: [{name: state, in: query, type: string}]
  exposes:
    - type: mcp
      tools:
        - {call: shop.list, inputParameters: [{name: state, type: string, required: false}]}
""",
)
