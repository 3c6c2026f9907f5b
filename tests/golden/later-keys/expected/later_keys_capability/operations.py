"""The operations of Archive: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format_binary import convert_binary
from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_labels(upstream: Upstream) -> Reply:
    """All labels (GET /labels)."""
    return await upstream.send("GET", "/labels")


async def get_photo(upstream: Upstream, *, id_: str, max_size: int = 2097152) -> Reply:
    """Get a photograph (GET /photos/{id})."""
    reply = await upstream.send("GET", f"/photos/{segment(id_)}")
    return convert_binary(reply, max_size, "image/png")
