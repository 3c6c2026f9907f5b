"""W151: an address has placeholders where the format has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import JsonValue, Source

from .places import consumes_blocks, text_of
from .rule import Finding, Rule, changed, replaced

_FORMAT = re.compile(r"https?://[^/]+(/[^{]*)?")
_PLACEHOLDER = re.compile(
    r"\{\{\s*[A-Za-z0-9_.-]+\s*\}\}|\$?\{\s*[A-Za-z][A-Za-z0-9_-]*\s*\}"
)
#: An address that is settled by one variable from its scheme on.
_WHOLE = re.compile(r"xx(?:/.*)?")
#: One whose scheme is a variable.
_SCHEME = re.compile(r"xx://.*")


def _find(source: Source) -> Iterator[Finding]:
    for path, block in consumes_blocks(source.data):
        text = text_of(block, "baseUri")
        if _shown(text) != text:
            yield Finding(
                (*path, "baseUri"),
                f"`{text}` has placeholders: they are settings of the program",
                at_key=False,
            )


def _shown(text: str) -> str:
    """What the format can write in the place of ``text``."""
    if _FORMAT.fullmatch(text) or not _PLACEHOLDER.search(text):
        return text
    bare = _PLACEHOLDER.sub("xx", text)
    if _SCHEME.fullmatch(bare):
        return f"https{bare.removeprefix('xx')}"
    return f"https://{bare}" if _WHOLE.fullmatch(bare) else bare


def official(data: JsonValue) -> JsonValue:
    """``data`` with an address that the format can write for each that it cannot."""
    for path, block in consumes_blocks(data):
        text = text_of(block, "baseUri")
        shown = _shown(text)
        if shown != text:
            data = changed(data, (*path, "baseUri"), replaced((), shown).change)
    return data


RULE = Rule(
    "W151",
    _find,
    """\
consumes:
  - baseUri: https://shop.example/{tenant}/api
""",
    """\
consumes:
  - baseUri: https://shop.example/{tenant}/api
""",
)
