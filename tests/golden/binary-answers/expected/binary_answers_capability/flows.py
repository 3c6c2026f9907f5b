"""The flows of Scans: answers that the package itself makes."""

from __future__ import annotations

from . import operations
from .context import Context
from .reply import Reply
from .told import told_as


async def get_poster(context: Context, *, id_: str) -> Reply:
    """The poster of a film"""
    reply = await operations.get_film(context.scanner, id_=id_)
    return told_as(reply, "image/webp")
