"""The upstreams of Two shops, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .credentials import joined
from .digest_upstream import DigestUpstream
from .oauth_upstream import OAuthUpstream
from .settings import Settings
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    north: Upstream
    south: Upstream
    east: Upstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.north, self.south, self.east)

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
        north=DigestUpstream(settings.north, joined("clerk"), settings.north_password),
        south=Upstream(settings.south, headers={"X-Key": settings.south_key.reveal()}),
        east=OAuthUpstream(
            settings.east,
            settings.east_grant,
            settings.east_client_id,
            settings.east_client_secret,
        ),
    )
