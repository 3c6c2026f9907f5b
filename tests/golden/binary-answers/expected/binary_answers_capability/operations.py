"""The operations of Scans: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format_binary import convert_binary
from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_scan(upstream: Upstream, *, id_: str, max_size: int = 10485760) -> Reply:
    """get-scan (GET /scans/{id})."""
    reply = await upstream.send("GET", f"/scans/{segment(id_)}")
    return convert_binary(reply, max_size, "image/png")


async def get_film(
    upstream: Upstream,
    *,
    id_: str,
    max_size: int = 1610612736,
) -> Reply:
    """get-film (GET /films/{id})."""
    reply = await upstream.send("GET", f"/films/{segment(id_)}")
    return convert_binary(reply, max_size)
