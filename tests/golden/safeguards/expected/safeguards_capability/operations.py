"""The operations of Vault: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import members, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_boxes(upstream: Upstream) -> Reply:
    """All boxes (GET /boxes)."""
    return await upstream.send("GET", "/boxes")


async def find_boxes(upstream: Upstream, *, word: str | None = None) -> Reply:
    """Boxes with a word in them (POST /boxes)."""
    return await upstream.send("POST", "/boxes", body=members(("word", word)))


async def get_box(upstream: Upstream, *, box: str) -> Reply:
    """One box (GET /boxes/{box})."""
    return await upstream.send("GET", f"/boxes/{segment(box)}")


async def empty_box(
    upstream: Upstream,
    *,
    box: str,
    acknowledged: str | None = None,
) -> Reply:
    """Throw away what is in a box (DELETE /boxes/{box})."""
    return await upstream.send(
        "DELETE",
        f"/boxes/{segment(box)}",
        query=pairs(("acknowledged", acknowledged)),
    )


async def add_note(upstream: Upstream, *, text: str | None = None) -> Reply:
    """Leave a note (POST /notes)."""
    return await upstream.send("POST", "/notes", body=members(("text", text)))
