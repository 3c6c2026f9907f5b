"""W141: an input of a route says that it is required."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import NodePath, Source

from .places import adapters, count_of, entries, name_in
from .rule import Finding, Rule, without


def _find(source: Source) -> Iterator[Finding]:
    for adapter in adapters(source.data, "rest"):
        found: list[NodePath] = []
        for resource in entries(adapter, "resources"):
            for holder in (resource, *entries(resource, "operations")):
                for path, item in entries(holder, "inputParameters"):
                    if "required" in item:
                        found.append(path)
        if found:
            yield Finding(
                (*found[0], "required"),
                f"{count_of(len(found), 'input')} of {name_in(adapter[1])} with "
                "`required`: an input is required when the upstream parameter is",
                edits=tuple(without(path, "required") for path in found),
            )


RULE = Rule(
    "W141",
    _find,
    """\
capability:
  exposes:
    - type: rest
      resources: [{inputParameters: [{name: id, in: path, required: true}]}]
""",
    """\
capability:
  exposes:
    - type: rest
      resources: [{inputParameters: [{name: id, in: path}]}]
""",
)
