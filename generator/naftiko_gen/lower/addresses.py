"""The base URI of an upstream."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .node import Node

_ABSOLUTE = re.compile(r"https?://[^/]")
# RFC 3986 without what a base URI must not have: user and password, query, fragment.
_BASE_URI = re.compile(
    r"https?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?"
)


def base_uri(block: Node) -> str:
    """The base URI of a consumes block without trailing slashes; empty when it was refused."""
    text = block.text("baseUri")
    if not _ABSOLUTE.match(text):
        return ""  # The schema check has said so.
    if "{" in text:
        block.unsupported("baseUri", "a base URI with placeholders")
        return ""
    if not _BASE_URI.fullmatch(text) or not _readable(text):
        block.error(
            "E217",
            "no request can be made with this base URI",
            at="baseUri",
            hint="write a scheme, a host, perhaps a port and a path, with no user, no query "
            "and no character that a URI must escape",
        )
        return ""
    return text.rstrip("/")


def _readable(text: str) -> bool:
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False
