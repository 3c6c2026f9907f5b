"""W124: authentication is called `auth`."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import consumes_blocks
from .rule import Finding, Rule, renamed


def _find(source: Source) -> Iterator[Finding]:
    for path, block in consumes_blocks(source.data):
        if "authentication" not in block and isinstance(block.get("auth"), dict):
            message = "`auth` of a consumes block: read as `authentication`"
            edits = (renamed(path, "auth", "authentication"),)
            yield Finding((*path, "auth"), message, edits=edits)


RULE = Rule(
    "W124",
    _find,
    """\
consumes:
  - namespace: shop
    auth: {type: bearer, token: '{{env.TOKEN}}'}
""",
    """\
consumes:
  - namespace: shop
    authentication: {type: bearer, token: '{{env.TOKEN}}'}
""",
)
