"""What callers are told that binary answers are."""

from __future__ import annotations

from .reply import Reply


def told_as(reply: Reply, media_type: str) -> Reply:
    """The answer with this media type, when it is a binary one; failures stay as they are."""
    return reply._replace(content_type=media_type) if reply.binary else reply
