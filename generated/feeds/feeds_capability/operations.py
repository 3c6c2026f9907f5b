"""The operations of News feeds: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format_xml import convert_xml
from .reply import Reply
from .wire import fields, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_feed(upstream: Upstream, *, section: str, raw: bool = False) -> Reply:
    """The feed of a section (GET /feeds/{section}.xml)."""
    reply = await upstream.send(
        "GET",
        f"/feeds/{segment(section)}.xml",
        headers=fields(("Accept", "application/rss+xml")),
    )
    if raw:
        return reply
    return convert_xml(reply)
