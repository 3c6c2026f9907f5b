"""W157: the path of a route does not begin with a slash."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import NodePath, Source

from .places import adapters, count_of, entries, name_in, text_of
from .rule import Finding, Rule, replaced


def _find(source: Source) -> Iterator[Finding]:
    for adapter in adapters(source.data, "rest"):
        found: dict[NodePath, str] = {}
        for path, resource in entries(adapter, "resources"):
            text = text_of(resource, "path")
            if text[:1].isalnum() or text[:1] == "{":
                found[*path, "path"] = f"/{text}"
        if found:
            first, text = next(iter(found.items()))
            yield Finding(
                first,
                f"{count_of(len(found), 'path')} of {name_in(adapter[1])} without a first "
                f"slash: served as `{text}`",
                at_key=False,
                edits=tuple(replaced(path, text) for path, text in found.items()),
            )


RULE = Rule(
    "W157",
    _find,
    """\
capability:
  exposes:
    - {type: rest, resources: [{path: orders}]}
""",
    """\
capability:
  exposes:
    - {type: rest, resources: [{path: /orders}]}
""",
)
