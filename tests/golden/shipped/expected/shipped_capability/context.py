"""The upstreams of Tides, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .settings import Settings
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    tides: Upstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.tides,)

    def obstacle(self) -> str | None:
        """Why calls cannot be made at the moment, or None when they can."""
        found = (upstream.obstacle() for upstream in self.upstreams())
        return next((reason for reason in found if reason is not None), None)

    async def close(self) -> None:
        """Close all connections."""
        for upstream in self.upstreams():
            await upstream.close()


def connect(settings: Settings) -> Context:
    """The upstreams with their credentials; connections open with the first call."""
    return Context(
        settings=settings,
        tides=Upstream(
            settings.tides,
            headers={"X-Api-Key": settings.tides_key.reveal()},
        ),
    )
