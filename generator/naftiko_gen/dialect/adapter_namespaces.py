"""W138: an adapter has no namespace."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.names import kebab
from naftiko_gen.source import Source

from .places import adapters, member, text_of
from .rule import Finding, Rule, having

_KINDS = ("rest", "mcp", "skill")


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    taken = {text_of(node, "namespace") for _, node in adapters(data)}
    label = ""
    if isinstance(data, dict):
        for _, info in member(((), data), "info"):
            label = text_of(info, "label")
    for path, node in adapters(data):
        kind = text_of(node, "type")
        if "namespace" in node or kind not in _KINDS or "port" not in node:
            continue
        stem = f"{kebab(label, fallback='capability')}-{kind}"
        number, name = 1, stem
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        yield Finding(
            (*path, "type"),
            f"an adapter without `namespace`: `{name}`",
            edits=(having(path, "namespace", name),),
        )


RULE = Rule(
    "W138",
    _find,
    """\
info: {label: My Shop}
capability:
  exposes: [{type: mcp, port: 9090}]
""",
    """\
info: {label: My Shop}
capability:
  exposes: [{type: mcp, port: 9090, namespace: my-shop-mcp}]
""",
)
