"""Media types of bodies and answers."""

from __future__ import annotations

from naftiko_gen.lower.node import Node

from .references import listed

JSON = "application/json"
ANY = ("*/*", "application/*")
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
#: What is text, besides ``text/*``, and what ends in ``+xml`` or ``+yaml``.
_TEXTS = (
    "application/xml",
    "application/yaml",
    "application/x-yaml",
    "application/x-ndjson",
    "application/sparql-query",
    "application/sparql-update",
    "application/graphql",
    "application/toml",
    "application/sql",
)


def essence(media: str) -> str:
    """A media type without its parameters."""
    return media.partition(";")[0].strip().lower()


def is_json(media: str) -> bool:
    """Whether JSON is of the media type."""
    return media == JSON or media.endswith("+json") or media in ANY


def is_text(media: str) -> bool:
    """Whether what is of the media type can be sent as a text."""
    if media.startswith("text/"):
        return "*" not in media
    return media in _TEXTS or media.endswith(("+xml", "+yaml"))


def of_document(node: Node, key: str) -> list[str]:
    """The media types of an OpenAPI 2.0 operation, or of the document when it has none."""
    holder = (
        node if node.has(key) else Node(node.source, node.report, (), node.source.data)
    )
    return [essence(m) for m in listed(holder.child(key)) if isinstance(m, str)]
