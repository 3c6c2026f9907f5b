"""The charset that a media type names, where text may be decoded with it."""

from __future__ import annotations

import codecs
import re

_NAMED = re.compile(r";\s*charset\s*=\s*\"?([\w.:+-]+)", re.IGNORECASE)
# Python knows more encodings, and not all of them are safe or quick to decode.
_SAFE = re.compile(
    "(utf-(8|16|32)|ascii|iso8859|cp125|cp9|koi8|gb|big5|shift_jis|euc_)", re.IGNORECASE
)


def charset_of(content_type: str, default: str | None = "utf-8") -> str | None:
    """Python's name of the charset, and `default` where none is named.

    None for a charset that is not known, or that is not one of texts.
    """
    named = _NAMED.search(content_type)
    if named is None:
        return default
    try:
        name = codecs.lookup(named[1]).name
    except LookupError:
        return None
    return name if _SAFE.match(name) else None
