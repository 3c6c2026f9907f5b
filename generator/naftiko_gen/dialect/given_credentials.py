"""W153: `with` gives what the authentication sends."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .operations import Known
from .places import JsonObject, callers, member, text_of
from .rule import Finding, Rule, without


def _find(source: Source) -> Iterator[Finding]:
    known = Known(source.data)
    for place in callers(source.data):
        block = known.block(place[1])
        credential = "" if block is None else _credential(block)
        for path, given in member(place, "with"):
            for key in given:
                if credential and key.lower() == credential:
                    yield Finding(
                        (*path, key),
                        f"`{key}` is the credential, which `authentication` sends",
                        "remove it: no caller's value is ever sent in its place",
                        edits=(without(path, key),),
                    )


def _credential(block: JsonObject) -> str:
    for _, node in member(((), block), "authentication"):
        if node.get("type") == "apikey":
            return text_of(node, "key").lower()
        return "authorization"
    return ""


RULE = Rule(
    "W153",
    _find,
    """\
capability:
  consumes:
    - namespace: shop
      authentication: {type: apikey, key: token, value: '{{env.TOKEN}}'}
      resources: [{operations: [{name: list}]}]
  exposes:
    - {type: mcp, tools: [{call: shop.list, with: {token: tools.token}}]}
""",
    """\
capability:
  consumes:
    - namespace: shop
      authentication: {type: apikey, key: token, value: '{{env.TOKEN}}'}
      resources: [{operations: [{name: list}]}]
  exposes:
    - {type: mcp, tools: [{call: shop.list, with: {}}]}
""",
)
