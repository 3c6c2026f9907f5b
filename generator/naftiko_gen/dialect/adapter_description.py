"""W102: a REST adapter has a description."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import Source

from .places import adapters, name_in
from .rule import Finding, Rule
from .written import is_written


def _find(source: Source) -> Iterator[Finding]:
    starts = line_starts(source.text)
    for path, node in adapters(source.data, "rest"):
        if "description" in node and is_written(source, starts, (*path, "description")):
            yield Finding(
                (*path, "description"),
                f"REST adapter {name_in(node)} with `description`: kept, it describes "
                "the API",
            )


RULE = Rule(
    "W102",
    _find,
    """\
capability:
  exposes:
    - {type: rest, namespace: shop-rest, description: Orders of the shop.}
""",
)
