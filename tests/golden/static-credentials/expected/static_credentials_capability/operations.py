"""The operations of Four upstreams: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_a(upstream: Upstream) -> Reply:
    """getA (GET /a)."""
    return await upstream.send("GET", "/a")


async def get_b(upstream: Upstream) -> Reply:
    """getB (GET /b)."""
    return await upstream.send("GET", "/b")


async def get_c(upstream: Upstream) -> Reply:
    """getC (GET /c)."""
    return await upstream.send("GET", "/c")


async def get_d(upstream: Upstream) -> Reply:
    """getD (GET /d)."""
    return await upstream.send("GET", "/d")
