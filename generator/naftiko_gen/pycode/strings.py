"""String and bytes literals exactly as black prints them, and the width that black sees.

Only characters that every supported Python knows, prints and measures alike stand in emitted
source as themselves; all others are escapes. So the bytes do not depend on the Unicode tables of
the interpreter that runs the generator, and no invisible or direction-changing character is hidden
in the output.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from unicodedata import ucd_3_2_0 as unicode_3_2

LINE_LENGTH = 88

# Symbols from here on became emoji, and so twice as wide, in later versions of Unicode.
_FIRST_EMOJI = 0x2300
_NOT_GRAPHIC = "CMZ"


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    """The columns of a non-ASCII character: 1 or 2, or 0 for one that has to be escaped."""
    category = unicode_3_2.category(character)
    if category[0] in _NOT_GRAPHIC or not character.isprintable():
        return 0
    if category[0] == "S" and ord(character) >= _FIRST_EMOJI:
        return 0
    return 2 if unicode_3_2.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """Columns that ``text`` takes; it may hold only characters that need no escape."""
    if text.isascii():
        return len(text)
    return sum(1 if c.isascii() else _columns(c) for c in text)


def escape_odd(text: str) -> str:
    """``text`` with an escape in place of each non-ASCII character that must not stand there."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() or _columns(c) else ascii(c)[1:-1] for c in text)


def quote(value: str | bytes) -> str:
    """The literal of ``value``: double quotes, unless single ones need fewer escapes."""
    if isinstance(value, bytes):
        # The leading quote makes repr choose single quotes, whatever follows.
        prefix, body = "b", repr(b'"' + value)[3:-1]
        singles, doubles = value.count(b"'"), value.count(b'"')
    else:
        prefix, body = "", escape_odd(repr('"' + value)[2:-1])
        singles, doubles = value.count("'"), value.count('"')
    if doubles > singles:
        return f"{prefix}'{body}'"
    body = body.replace("\\'", "'").replace('"', '\\"')
    return f'{prefix}"{body}"'


def quote_formatted(parts: Sequence[tuple[str, bool]]) -> str:
    """The f-string of texts and, where the flag is set, expressions; as ``quote`` prints it.

    Expressions hold no quote, brace or backslash. A text alone is a plain literal.
    """
    if not any(expression for _, expression in parts):
        return quote("".join(text for text, _ in parts))
    text = "".join(
        f"{{{text}}}" if expression else text.replace("{", "{{").replace("}", "}}")
        for text, expression in parts
    )
    return "f" + quote(text)
