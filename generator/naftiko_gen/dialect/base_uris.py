"""W151: an address has placeholders where the format has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import JsonValue, Source

from .places import consumes_blocks, text_of
from .rule import Finding, Rule, changed, replaced
from .written import is_said

_FORMAT = re.compile(r"https?://[^/]+(/[^{]*)?")
_PLACEHOLDER = re.compile(
    r"\{\{\s*[A-Za-z0-9_.-]+\s*\}\}|\$?\{\s*[A-Za-z][A-Za-z0-9_-]*\s*\}"
)
#: An address that is settled by one variable from its scheme on.
_WHOLE = re.compile(r"xx(?:/.*)?")
#: One whose scheme is a variable.
_SCHEME = re.compile(r"xx://.*")


def _find(source: Source) -> Iterator[Finding]:
    starts = line_starts(source.text)
    for path, block in consumes_blocks(source.data):
        text, place = text_of(block, "baseUri"), (*path, "baseUri")
        # An overlay may say what the format has no words for.
        if _shown(text) != text and is_said(source, starts, place, text):
            yield Finding(
                place,
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


def writable(text: str) -> str:
    """As much of the address ``text`` as the format can write."""
    shown = _shown(text)
    if shown == text or not _FORMAT.fullmatch(shown):
        return text
    first = _PLACEHOLDER.match(text)
    if first is not None:
        text = f"https{text[first.end():]}" if _is_scheme(text) else f"https://{text}"
    scheme, _, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    fixed, brace, _ = path.partition("{")
    if brace:
        fixed = fixed.rpartition("/")[0]
    return f"{scheme}://{host}{slash}{fixed}" if fixed else f"{scheme}://{host}"


def _is_scheme(text: str) -> bool:
    return _SCHEME.fullmatch(_PLACEHOLDER.sub("xx", text)) is not None


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
