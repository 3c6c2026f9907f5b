"""W143: all calls name one namespace in another way."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import called, callers, consumes_blocks, text_of
from .rule import Finding, Rule, replaced

_ENOUGH = 2


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    known = called(data)
    namespaces = {text_of(b, "namespace") for _, b in consumes_blocks(data)}
    calls: dict[str, dict[str, None]] = {}
    for _, node in callers(data):
        namespace, _, name = text_of(node, "call").rpartition(".")
        if namespace not in namespaces:
            calls.setdefault(namespace, {}).setdefault(name)
    targets: dict[str, str] = {}
    for unknown, names in calls.items():
        fitting = [
            n for n in namespaces if all(f"{n}.{name}" in known for name in names)
        ]
        if len(names) >= _ENOUGH and len(fitting) == 1:
            targets[unknown] = fitting[0]
    for path, node in callers(data):
        call = text_of(node, "call")
        namespace, _, name = call.rpartition(".")
        target = targets.get(namespace)
        # Two unknown names for one namespace are not another name of it.
        if target is not None and list(targets.values()).count(target) == 1:
            yield Finding(
                (*path, "call"),
                f"`{namespace}` is another name of `{target}`, which has all that is called",
                at_key=False,
                edits=(replaced((*path, "call"), f"{target}.{name}"),),
            )


RULE = Rule(
    "W143",
    _find,
    """\
capability:
  consumes:
    - {namespace: api, resources: [{operations: [{name: list}, {name: get}]}]}
  exposes:
    - {type: mcp, tools: [{call: shop.list}, {call: shop.get}]}
""",
    """\
capability:
  consumes:
    - {namespace: api, resources: [{operations: [{name: list}, {name: get}]}]}
  exposes:
    - {type: mcp, tools: [{call: api.list}, {call: api.get}]}
""",
)
